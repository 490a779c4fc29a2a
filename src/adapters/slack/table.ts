import type { TableBlock } from '@slack/types';
import { withoutEmptyColumns } from '../../pictures/columns.ts';
import type { Block, Text } from '../../spine/reply.ts';
import { LIMITS } from './limits.ts';
import { cut, plainText, richElements } from './rich-text.ts';

type Table = Extract<Block, { kind: 'table' }>;

/** Slack's own table; undefined when it holds more than Slack takes. */
export function tableBlock(table: Table): TableBlock | undefined {
  const { columns, rows } = filled(table);
  const cells = [columns.map(({ label }): Text => label), ...rows];
  const characters = cells.flat().reduce<number>((sum, text) => sum + plainText(text).length, 0);
  if (cells.length > LIMITS.tableRows || columns.length > LIMITS.tableColumns) return undefined;
  if (columns.length === 0 || characters > LIMITS.tableText) return undefined;
  return {
    type: 'table',
    rows: cells.map((row) => columns.map((_, index) => cell(row[index] ?? ''))),
    column_settings: columns.map(({ align = 'left', oneLine }) => ({
      align,
      is_wrapped: !oneLine,
    })),
  };
}

/** Without the columns that hold nothing. */
const filled = ({ columns, rows }: Pick<Table, 'columns' | 'rows'>) =>
  withoutEmptyColumns(columns, rows, (text: Text) => plainText(text).trim() === '');

function cell(text: Text): TableBlock['rows'][number][number] {
  // An empty cell is refused.
  if (typeof text === 'string') return { type: 'raw_text', text: plainText(text) || ' ' };
  const elements = richElements(text);
  if (elements.length === 0) return { type: 'raw_text', text: ' ' };
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

/** Widest column of a table in fixed width; more is cut at a word. */
const MAX_WIDTH = 40;

/** The same table as lines of one width, for places that have no tables. */
export function fixedWidthTable(table: Pick<Table, 'columns' | 'rows'>): string {
  const { columns, rows } = filled(table);
  const header = columns.map(({ label }): Text => label);
  const cells = [header, ...rows].map((row) =>
    columns.map((_, index) => cut(plainText(row[index] ?? '').replaceAll('\n', ' '), MAX_WIDTH)),
  );
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((row) => [...(row[index] ?? '')].length)),
  );
  const lines = cells.map((row) =>
    row
      .map((text, index) => pad(text, widths[index] ?? 0, columns[index]?.align === 'right'))
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '-'.repeat(width)).join('  ');
  return [lines[0] ?? '', rule, ...lines.slice(1)].join('\n');
}

function pad(text: string, width: number, right: boolean): string {
  const spaces = ' '.repeat(Math.max(0, width - [...text].length));
  return right ? spaces + text : text + spaces;
}

/** One line a row, `label: value` joined by semicolons, for plain text. */
export function tableLines({ columns, rows }: Pick<Table, 'columns' | 'rows'>): string[] {
  const labels = columns.map(({ label }) => plainText(label));
  return rows.map((row) =>
    labels
      .map((label, index) => [label, plainText(row[index] ?? '')] as const)
      .filter(([, value]) => value !== '')
      .map(([label, value]) => (label ? `${label}: ${value}` : value))
      .join('; '),
  );
}
