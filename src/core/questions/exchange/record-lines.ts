/** The fields of an item or of a record inside it, named where the code looks at one. */
export type Fields = {
  [name: string]: unknown;
  format?: unknown;
  correct?: unknown;
  keyPoints?: unknown;
  reviewBank?: unknown;
};

/** Wordings take all parts that are left, but for those that begin with the mark of another part. */
const MARKS = new Map([
  ['wrong', '! '],
  ['label', '= '],
  ['contrast', '~ '],
]);
const NUMBERS = new Set(['weight', 'factor', 'answer', 'year']);
const FLAGS = new Set(['required']);

/** `[x] text | why`: the parts of a record between bars, empty ones at the end left out. */
export function writeRecord(entry: Fields, parts: readonly string[]): string {
  const cells = parts.flatMap((part) => {
    const value = entry[part];
    if (part === 'correct') return [];
    const mark = MARKS.get(part);
    if (mark) return marked(value).map((each) => `${mark}${string(each)}`);
    if (part === 'phrasings') return entries(value).map(string);
    if (FLAGS.has(part)) return [value === undefined ? '' : value ? part : `not ${part}`];
    return [string(value)];
  });
  while (cells.at(-1) === '') cells.pop();
  const line = cells.map(escaped).join(' | ');
  if (!parts.includes('correct')) return line;
  return `${entry.correct ? '[x]' : '[ ]'} ${line}`;
}

const marked = (value: unknown): unknown[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** The record of a line; what cannot be one of its parts is left for the check to name. */
export function readRecord(line: string, parts: readonly string[]): Fields {
  const entry: Fields = {};
  let rest = line;
  if (parts.includes('correct')) {
    const mark = /^\s*\[([ xX]?)\]\s?/.exec(line);
    if (mark?.[1]?.toLowerCase() === 'x') entry.correct = true;
    rest = line.slice(mark?.[0].length ?? 0);
  }
  const all = split(rest);
  const marks = [...MARKS].filter(([part]) => parts.includes(part));
  const cells = all.filter((cell) => !marks.some(([, mark]) => cell.startsWith(mark)));
  for (const part of parts.filter((name) => name !== 'correct')) {
    const mark = MARKS.get(part);
    if (mark !== undefined) {
      const own = all.flatMap((cell) => (cell.startsWith(mark) ? cell.slice(mark.length) : []));
      if (own.length > 0) entry[part] = part === 'label' ? own[0] : own;
      continue;
    }
    if (part === 'phrasings') {
      const own = cells.splice(0).filter((cell) => cell !== '');
      if (own.length > 0) entry[part] = own;
      continue;
    }
    const cell = cells.shift();
    if (cell === undefined || cell === '') continue;
    if (NUMBERS.has(part)) entry[part] = numberIn(cell);
    else if (FLAGS.has(part))
      entry[part] = cell === part ? true : cell === `not ${part}` ? false : cell;
    else entry[part] = cell;
  }
  // Too many bars: an unknown field, which the check then names.
  if (cells.length > 0) entry['one bar too many'] = cells.join(' | ');
  return entry;
}

/** Parts between bars; a bar, a backslash and a line end inside a part are escaped. */
function split(line: string): string[] {
  return [...`${line} |`.matchAll(/((?:\\.|[^\\|])*)\|/gs)].map(([, part = '']) =>
    unescaped(part.trim()),
  );
}

/** A bar, a backslash and a line end inside a part. */
export function escaped(value: string): string {
  return value.replace(/[\\|]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

/** The part as it was. */
export function unescaped(value: string): string {
  return value.replace(/\\(.)/gs, (_, char: string) =>
    char === 'n' ? '\n' : char === 'r' ? '\r' : char,
  );
}

/** The lines of a cell that hold something. */
export function lines(cell: string): string[] {
  return cell
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

/** The entries of a list; none of anything else. */
export function entries(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A value as text; empty when there is none. */
export function string(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

/** A number where it is one; else the text, for the check to name. */
export function numberIn(cell: string): number | string {
  const value = Number(cell.trim());
  return Number.isFinite(value) ? value : cell;
}

/** Yes or no; else the text. */
export function flagIn(cell: string): boolean | string {
  const word = cell.trim().toLowerCase();
  if (word === 'yes' || word === 'true') return true;
  return word === 'no' || word === 'false' ? false : cell;
}
