import type { Block } from '../../bot/reply.ts';
import { WIDTH } from './limits.ts';
import { clean, inline, type Look, style, widthOf, wrap } from './text.ts';

/** A table under its caption, in columns as wide as their longest cell. */
export function tableLines(block: Extract<Block, { kind: 'table' }>, look: Look): string[] {
  const cells = block.rows.map((row) => row.map((cell) => inline(cell, look)));
  const widths = block.columns.map(({ label }, column) =>
    Math.max(label.length, ...cells.map((row) => widthOf(row[column] ?? ''))),
  );
  const total = widths.reduce((sum, width) => sum + width + 2, 0);
  const last = widths.length - 1;
  // The last column gives way, so that a row stays one line where it can.
  const room = Math.max(24, (widths[last] ?? 0) - Math.max(0, total - WIDTH));
  const line = (row: string[]) =>
    rowLines(
      row,
      widths,
      block.columns.map(({ align }) => align === 'right'),
      room,
    );
  return [
    style(clean(block.caption), '2', look),
    ...line(block.columns.map(({ label }) => label)).map((text) => style(text, '4', look)),
    ...cells.flatMap(line),
  ];
}

function rowLines(row: string[], widths: number[], right: boolean[], room: number): string[] {
  const last = widths.length - 1;
  const start = row
    .slice(0, -1)
    .map((cell, column) => pad(cell, widths[column] ?? 0, right[column] ?? false))
    .join('  ');
  const tail = wrap(row[last] ?? '', room);
  const indent = ' '.repeat(widths.slice(0, -1).reduce((sum, width) => sum + width + 2, 0));
  return tail.map((text, index) => {
    const cell = right[last] ? pad(text, widths[last] ?? 0, true) : text;
    return `  ${index === 0 ? (start === '' ? '' : `${start}  `) : indent}${cell}`.trimEnd();
  });
}

function pad(text: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? space + text : text + space;
}
