import { formatAmount, formatPlace, heatRows } from '../../pictures/amounts.ts';
import { markLines } from '../../pictures/marks.ts';
import type { BarChart, Chart, HeatChart, LineChart, ResultChart } from '../../spine/reply.ts';
import { clean } from './markdown.ts';
import { tableLines } from './table.ts';

/** A chart as lines of text: bars drawn with blocks, lines as a table of some of their points, heat maps as one of all. */
export function chartLines(chart: Chart): string[] {
  switch (chart.shape) {
    case 'bars':
      return barLines(chart);
    case 'lines':
      return pointLines(chart);
    case 'heat':
      return heatLines(chart);
    case 'result':
      return resultLines(chart);
  }
}

function resultLines(chart: ResultChart): string[] {
  return [
    clean(chart.verdict),
    ...markLines(chart),
    ...chart.facts.map(({ label, value }) => `${label}: ${clean(value)}`),
  ];
}

function heatLines(chart: HeatChart): string[] {
  return alignedLines([chart.rowLabel, ...chart.columns], heatRows(chart));
}

/** A table of numbers, or its rows one below the other where it is too wide for a phone. */
function alignedLines(head: readonly string[], rows: string[][]): string[] {
  const columns = head.map((label) => ({ label, align: 'right' as const }));
  return tableLines({ columns, rows }) ?? [head.map(clean), ...rows].map((row) => row.join(' · '));
}

const BAR_COLUMNS = 24;
const SHADES = ['█', '▓', '▒', '░'];

function barLines({ bars, limit, unit, unitOfOne = unit }: BarChart): string[] {
  const totals = bars.map(({ segments }) => segments.reduce((sum, { value }) => sum + value, 0));
  const atLeast = unit === '%' ? 100 : Number.MIN_VALUE;
  const scale = BAR_COLUMNS / Math.max(...totals, limit?.value ?? 0, atLeast);
  const amount = (total: number) => `${formatAmount(total)} ${total === 1 ? unitOfOne : unit}`;
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

function limitLine(limit: BarChart['limit'], unit: string, mark: string): string[] {
  return limit ? [`${mark}${clean(limit.label)} ${formatAmount(limit.value)} ${unit}`] : [];
}

const POINTS = 8;

function pointLines({ x, series, limit, unit }: LineChart): string[] {
  const picked = samplePoints(x.values.length);
  const rows = picked.map((at) => [
    formatPlace(x.values[at] ?? 0),
    ...series.map(({ values }) => formatAmount(values[at] ?? 0)),
  ]);
  const lines = alignedLines([x.label, ...series.map(({ label }) => label)], rows);
  return [...lines, ...limitLine(limit, unit, '')];
}

/** At most eight places, evenly spread, with the first and the last. */
function samplePoints(count: number): number[] {
  const shown = Math.min(POINTS, count);
  if (shown < 2) return shown === 1 ? [0] : [];
  return Array.from({ length: shown }, (_, at) => Math.round((at * (count - 1)) / (shown - 1)));
}
