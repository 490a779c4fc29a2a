import type { BarChart, Block, Chart, LineChart, Text } from '../../bot/reply.ts';
import { PHONE_COLUMNS } from './limits.ts';
import { clean, plainText } from './markdown.ts';

type Table = Extract<Block, { kind: 'table' }>;
type Columns = Table['columns'];

/** Columns that a text takes in a monospaced font. */
function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{M}|\p{Cf}/u.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** A table as aligned lines; undefined when a phone would have to wrap them. */
export function tableLines({
  columns,
  rows,
}: Pick<Table, 'columns' | 'rows'>): string[] | undefined {
  const cells = [
    columns.map((column) => oneLine(column.label)),
    ...rows.map((row) => row.map(oneLine)),
  ];
  const widths = columns.map((_, at) =>
    Math.max(...cells.map((row) => displayWidth(row[at] ?? ''))),
  );
  const total = widths.reduce((sum, width) => sum + width, 0) + 2 * (columns.length - 1);
  if (total > PHONE_COLUMNS) return undefined;
  const [head, ...body] = cells.map((row) => alignRow({ row, columns, widths }));
  return [head ?? '', widths.map((width) => '─'.repeat(width)).join('  '), ...body];
}

function oneLine(text: Text): string {
  return plainText(text).replace(/\s+/g, ' ').trim();
}

function alignRow({
  row,
  columns,
  widths,
}: {
  row: string[];
  columns: Columns;
  widths: number[];
}): string {
  return columns
    .map(({ align }, at) => {
      const cell = row[at] ?? '';
      const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - displayWidth(cell)));
      return align === 'right' ? space + cell : cell + space;
    })
    .join('  ')
    .trimEnd();
}

/** A chart as lines of text: bars drawn with blocks, lines as a table of some of their points. */
export function chartLines(chart: Chart): string[] {
  return chart.shape === 'bars' ? barLines(chart) : pointLines(chart);
}

const BAR_COLUMNS = 24;
const SHADES = ['█', '▓', '▒', '░'];

function barLines({ bars, limit, unit, unitOfOne = unit }: BarChart): string[] {
  const totals = bars.map(({ segments }) => segments.reduce((sum, { value }) => sum + value, 0));
  const atLeast = unit === '%' ? 100 : Number.MIN_VALUE;
  const scale = BAR_COLUMNS / Math.max(...totals, limit?.value ?? 0, atLeast);
  const amount = (total: number) => `${formatValue(total)} ${total === 1 ? unitOfOne : unit}`;
  const mark = limit ? Math.round(limit.value * scale) : undefined;
  const lines = bars.flatMap(({ label, segments }, at) => [
    clean(label),
    `${withMark(drawBar(segments, scale), mark)} ${amount(totals[at] ?? 0)}`.trim(),
  ]);
  return [...lines, ...legend(bars), ...limitLine(limit, unit, '│ ')];
}

function drawBar(segments: BarChart['bars'][number]['segments'], scale: number): string {
  let end = 0;
  let drawn = '';
  for (const [at, { value }] of segments.entries()) {
    end += value * scale;
    const cells = Math.max(0, Math.round(end) - drawn.length);
    drawn += (SHADES[at % SHADES.length] ?? '█').repeat(cells);
  }
  return drawn;
}

function withMark(bar: string, mark: number | undefined): string {
  if (mark === undefined) return bar;
  const cells = [...bar.padEnd(mark + 1, ' ')];
  cells[mark] = '│';
  return cells.join('').trimEnd();
}

function legend(bars: BarChart['bars']): string[] {
  const labels = bars.find(({ segments }) => segments.length > 1)?.segments ?? [];
  return labels.map(({ label }, at) => `${SHADES[at % SHADES.length]} ${clean(label)}`);
}

function limitLine(limit: Chart['limit'], unit: string, mark: string): string[] {
  return limit ? [`${mark}${clean(limit.label)} ${formatValue(limit.value)} ${unit}`] : [];
}

const POINTS = 8;

function pointLines({ x, series, limit, unit }: LineChart): string[] {
  const picked = samplePoints(x.values.length);
  const columns = [x.label, ...series.map(({ label }) => label)].map((label) => ({
    label,
    align: 'right' as const,
  }));
  const rows = picked.map((at) =>
    [x.values[at], ...series.map(({ values }) => values[at])].map((value) =>
      value === undefined ? '' : formatValue(value),
    ),
  );
  const lines = tableLines({ columns, rows }) ?? rows.map((row) => pointLine(row, columns));
  return [...lines, ...limitLine(limit, unit, '')];
}

function pointLine(row: string[], columns: { label: string }[]): string {
  return row.map((value, at) => `${clean(columns[at]?.label ?? '')} ${value}`).join(', ');
}

/** At most eight places, evenly spread, with the first and the last. */
function samplePoints(count: number): number[] {
  const shown = Math.min(POINTS, count);
  if (shown < 2) return shown === 1 ? [0] : [];
  return Array.from({ length: shown }, (_, at) => Math.round((at * (count - 1)) / (shown - 1)));
}

const NUMBERS = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });

function formatValue(value: number): string {
  return NUMBERS.format(value);
}

/** A row of a table that is too wide for a phone: the first cell, then the others with their labels. */
export function stackedRow(row: readonly Text[], columns: Columns): Text {
  const [first = '', ...others] = row;
  const rest = others.map((cell, at) => `${columns[at + 1]?.label ?? ''}: ${plainText(cell)}`);
  return rest.length === 0
    ? [{ bold: plainText(first) }]
    : [{ bold: plainText(first) }, `  ${rest.join(' · ')}`];
}
