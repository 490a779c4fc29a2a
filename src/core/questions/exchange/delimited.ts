/** One row of a table file; `line` is where it begins, 1-based. */
export type DelimitedRow = { line: number; cells: string[] };

/** What is wrong with the quotes of a table file. */
export type DelimitedProblem = { line: number; message: string; fix: string };

/** The bank takes 35 columns, and a row of it far fewer characters. */
const MAX_CELLS = 100;
/** Rows that hold something; empty ones are not kept. */
const MAX_ROWS = 10_000;
/** After so many, one slip with a quote is only echoing. */
const MAX_PROBLEMS = 20;

/**
 * Reads rows whose cells are separated by one character and quoted where they hold it, a quote or a
 * line end. Empty lines are passed over. Stops at a row with more cells, or after more rows or problems,
 * than any table of questions has.
 *
 * @see https://www.rfc-editor.org/rfc/rfc4180
 */
export function readDelimited(
  text: string,
  separator: string,
): { rows: DelimitedRow[]; problems: DelimitedProblem[] } {
  const rows: DelimitedRow[] = [];
  const problems: DelimitedProblem[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;

  while (at < text.length && problems.length < MAX_PROBLEMS) {
    const row: DelimitedRow = { line, cells: [] };
    for (;;) {
      const cell = text[at] === '"' ? quotedCell(text, at) : bareCell(text, at, separator);
      row.cells.push(cell.value);
      line += cell.lineEnds;
      at = cell.end;
      if (cell.problem) problems.push({ line: row.line, ...cell.problem });
      if (text[at] !== separator || row.cells.length > MAX_CELLS) break;
      at += 1;
    }
    if (row.cells.length > MAX_CELLS || rows.length > MAX_ROWS) {
      const [message, fix] =
        rows.length > MAX_ROWS
          ? [`has more than ${MAX_ROWS} rows`, 'split the file']
          : [`has more than ${MAX_CELLS} cells`, 'keep only columns that belong to a question'];
      return { rows: [], problems: [...problems, { line, message, fix }] };
    }
    if (text[at] === '\r') at += 1;
    if (text[at] === '\n') {
      at += 1;
      line += 1;
    } else if (at < text.length && text[at - 1] !== '\r') {
      // Something stands after a closing quote.
      const message = 'has text after a closing quote';
      problems.push({ line, message, fix: 'double a quote inside a cell: ""' });
      const next = text.indexOf('\n', at);
      at = next < 0 ? text.length : next + 1;
      line += 1;
    } else line += 1;
    if (row.cells.some((cell) => cell !== '')) rows.push(row);
  }
  return { rows, problems };
}

/** The text of rows; a cell is quoted only where it must be. */
export function writeDelimited(rows: readonly (readonly string[])[], separator: string): string {
  const cell = (text: string) =>
    text.includes(separator) || /["\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  return rows.map((row) => `${row.map(cell).join(separator)}\n`).join('');
}

type Cell = {
  value: string;
  end: number;
  /** Line ends inside the cell. */
  lineEnds: number;
  problem?: Omit<DelimitedProblem, 'line'>;
};

function quotedCell(text: string, start: number): Cell {
  let value = '';
  let from = start + 1;
  for (;;) {
    const quote = text.indexOf('"', from);
    if (quote < 0) {
      const problem = { message: "has a quote that isn't closed", fix: 'close the quote' };
      return { value, end: text.length, lineEnds: 0, problem };
    }
    value += text.slice(from, quote);
    if (text[quote + 1] !== '"') {
      return { value, end: quote + 1, lineEnds: lineEndsIn(value) };
    }
    value += '"';
    from = quote + 2;
  }
}

function lineEndsIn(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  return count;
}

function bareCell(text: string, start: number, separator: string): Cell {
  let end = start;
  while (end < text.length && !isEnd(text[end], separator)) end += 1;
  return { value: text.slice(start, end), end, lineEnds: 0 };
}

function isEnd(char: string | undefined, separator: string): boolean {
  return char === separator || char === '\n' || char === '\r';
}
