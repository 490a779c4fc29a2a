import { fitColumns, withoutEmptyColumns } from '../../pictures/columns.ts';
import type { Block, Inline, Text } from '../../spine/reply.ts';
import { PHONE_COLUMNS } from './limits.ts';
import { plainText } from './markdown.ts';

type Table = Pick<Extract<Block, { kind: 'table' }>, 'columns' | 'rows'>;

/** Between two columns. */
const GAP = 2;

/** In front of what goes on of a cell. */
const INDENT = '  ';

/** A cell of more lines than this reads better in a list. */
const MAX_CELL_LINES = 2;

/** Columns that a text takes in a monospaced font. */
function displayWidth(text: string): number {
  if (NARROW.test(text)) return text.length;
  let width = 0;
  for (const character of text) {
    if (/\p{M}|\p{Cf}/u.test(character)) continue;
    width += WIDE.test(character) ? 2 : 1;
  }
  return width;
}

/** Each character takes one column, as in most texts. */
const NARROW = /^[ -~]*$/;

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/**
 * A table as aligned lines, its cells broken at words where they are a little too wide; undefined when a
 * phone would have to wrap them, or when a cell holds what only works outside of a code block.
 */
export function tableLines(table: Table): string[] | undefined {
  const { columns, rows } = filled(table);
  if (rows.flat().some(isLive)) return undefined;
  const cells = [
    columns.map(({ label }) => oneLine(label)),
    ...rows.map((row) => row.map(oneLine)),
  ];
  const widths = fitColumns(
    columns.map(({ oneLine }, at) =>
      wantedWidth(
        cells.map((row) => row[at] ?? ''),
        oneLine,
      ),
    ),
    PHONE_COLUMNS - GAP * (columns.length - 1),
  );
  if (!widths) return undefined;
  const broken = cells.map((row) =>
    row.map((cell, at) => breakCell(cell, widths[at] ?? 0, columns[at]?.oneLine)),
  );
  if (broken.flat().some(({ length }) => length > MAX_CELL_LINES)) return undefined;
  const taken = columns.map((_, at) =>
    Math.max(...broken.flatMap((row) => row[at] ?? []).map(displayWidth)),
  );
  const [head = [], ...body] = broken.map((row) => rowLines(row, columns, taken));
  return [...head, taken.map((width) => '─'.repeat(width)).join('  '), ...body.flat()];
}

/**
 * A table as a list: what a row is about in bold, then the rest. The labels stand once on top, unless
 * there is only a name and what it means.
 */
export function listLines(table: Table): Text[] {
  const { columns, rows } = filled(table);
  const labels = columns.map(({ label }) => label).filter(Boolean);
  return [
    ...(columns.length > 2 ? [{ italic: labels.join(' · ') }] : []),
    ...rows.map((row) => listRow(row)),
  ];
}

function listRow([first = '', ...others]: readonly Text[]): Text {
  const last = others.findLastIndex((cell) => plainText(cell).trim() !== '');
  const between = others.length > 1 ? ' · ' : ' ';
  const rest = others
    .slice(0, last + 1)
    .flatMap((cell) => [between, ...(plainText(cell).trim() === '' ? ['–'] : partsOf(cell))]);
  return [...partsOf(first).map(inBold), ...rest];
}

const partsOf = (text: Text): readonly Inline[] => (Array.isArray(text) ? text : [text as Inline]);

const inBold = (part: Inline): Inline => (typeof part === 'string' ? { bold: part } : part);

const filled = ({ columns, rows }: Table) =>
  withoutEmptyColumns(columns, rows, (cell: Text) => plainText(cell).trim() === '');

/** A time in the reader's zone, a link or a command that can be pressed. */
const isLive = (text: Text) =>
  partsOf(text).some(
    (part) =>
      typeof part === 'object' &&
      ('time' in part || 'link' in part || 'command' in part || 'channel' in part),
  );

const oneLine = (text: Text) => plainText(text).replace(/\s+/g, ' ').trim();

/** So much of a cell that is cut remains. */
const LEAST_CUT = 8;

function wantedWidth(cells: readonly string[], oneLine = false) {
  const words = cells.flatMap((cell) =>
    cell.split(' ').map((word, at) => displayWidth(word) + (at > 0 ? INDENT.length : 0)),
  );
  const wanted = Math.max(...cells.map(displayWidth));
  return { wanted, least: oneLine ? Math.min(wanted, LEAST_CUT) : Math.max(...words) };
}

function breakCell(cell: string, width: number, oneLine = false): string[] {
  if (oneLine && displayWidth(cell) > width) {
    const letters = [...cell];
    while (displayWidth(letters.join('')) >= width) letters.pop();
    return [`${letters.join('').trimEnd()}…`];
  }
  const lines: string[] = [];
  for (const word of cell.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && displayWidth(`${last} ${word}`) <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(last === undefined ? word : INDENT + word);
  }
  return lines;
}

function rowLines(row: string[][], columns: Table['columns'], widths: number[]): string[] {
  const height = Math.max(...row.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) =>
    row
      .map((cell, at) => aligned(cell[line] ?? '', widths[at] ?? 0, columns[at]?.align))
      .join('  ')
      .trimEnd(),
  );
}

function aligned(cell: string, width: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, width - displayWidth(cell)));
  return align === 'right' ? space + cell : cell + space;
}
