import { fitColumns, withoutEmptyColumns } from '../../pictures/columns.ts';
import type { Block, Text } from '../../spine/reply.ts';
import { WIDTH } from './limits.ts';
import { clean, inline, type Look, style, widthOf, wrap } from './text.ts';

type Table = Extract<Block, { kind: 'table' }>;

/** In front of a row, and between two columns. */
const GAP = 2;

/** A table under its caption; where it is too wide, cells go on in the line below. */
export function tableLines(block: Table, look: Look): string[] {
  const { columns, rows } = withoutEmptyColumns(
    block.columns,
    block.rows,
    (cell: Text) => inline(cell, look).trim() === '',
  );
  const cells = rows.map((row) => row.map((cell) => inline(cell, look)));
  const all = [columns.map(({ label }) => label), ...cells];
  const widths = widthsOf(columns.map((_, at) => all.map((row) => row[at] ?? '')));
  const lines = (row: string[]) => rowLines(row, columns, widths);
  return [
    style(clean(block.caption), '2', look),
    ...lines(all[0] ?? []).map((text) => style(text, '4', look)),
    ...cells.flatMap(lines),
  ];
}

/** The widths of columns with these cells; a word that is too long for all of them stays whole. */
function widthsOf(columns: readonly string[][]): number[] {
  const wanted = columns.map((cells) => Math.max(...cells.map(widthOf)));
  const least = columns.map((cells) =>
    Math.max(...cells.flatMap((cell) => cell.split(/\s+/)).map(widthOf)),
  );
  const room = WIDTH - GAP * columns.length;
  return (
    fitColumns(
      wanted.map((width, at) => ({ wanted: width, least: least[at] ?? 0 })),
      room,
    ) ?? least
  );
}

function rowLines(row: string[], columns: Table['columns'], widths: number[]): string[] {
  const cells = row.map((cell, at) => wrap(cell, widths[at]));
  const height = Math.max(...cells.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => {
    const texts = cells.map((cell, at) =>
      pad(cell[line] ?? '', widths[at] ?? 0, columns[at]?.align === 'right'),
    );
    return `  ${texts.join('  ')}`.trimEnd();
  });
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}
