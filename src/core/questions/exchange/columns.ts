/**
 * An item as one row of a table that people can edit: plain cells, and lists as lines whose parts
 * stand between bars (`[x] text | why`). Reading a written row gives the same item.
 */
export const COLUMNS: readonly Column[] = [
  text('id'),
  number('version'),
  number('chapter'),
  list('topics'),
  text('difficulty'),
  text('format'),
  text('prompt'),
  text('code'),
  records('options', ['correct', 'text', 'why', 'misconception']),
  flag('letters'),
  number('answer'),
  text('unit'),
  pair('tolerance'),
  records('accepts', ['unit', 'factor']),
  records('slips', ['answer', 'why']),
  text('working'),
  steps(),
  number('faultLine'),
  records('keyPoints', ['id', 'weight', 'required', 'text', 'phrasings']),
  records('redFlags', ['deduct', 'text', 'phrasings']),
  text('modelAnswer'),
  record('levels', ['weak', 'solid', 'excellent']),
  text('explanation'),
  records('references', ['title', 'year', 'url', 'where']),
  list('hints'),
  records('followUps', ['ask', 'expect']),
  list('related'),
  number('minutes'),
  text('seniority'),
  records('reviewed', ['by', 'date', 'note']),
  text('reviewBy'),
  list('enemyOf'),
  list('notDuplicateOf'),
];

/** Named where the code looks at one. */
type Fields = {
  [name: string]: unknown;
  format?: unknown;
  correct?: unknown;
  keyPoints?: unknown;
  reviewBank?: unknown;
};

export type Column = {
  name: string;
  write(item: Fields): string;
  /** Undefined for an empty cell of an optional field. */
  read(cell: string, item: Fields): unknown;
};

/** The cells of an item, in the order of the columns. */
export function rowOf(item: object): string[] {
  const fields: Fields = Object.fromEntries(Object.entries(item));
  return COLUMNS.map((column) => column.write(fields));
}

/** The item of named cells, to be checked like any other. */
export function itemOf(cells: ReadonlyMap<string, string>): Fields {
  const item: Fields = { format: cells.get('format')?.trim() };
  for (const column of COLUMNS) {
    const cell = cells.get(column.name) ?? '';
    const value = column.read(cell, item);
    if (value !== undefined) item[column.name] = value;
  }
  if (item.keyPoints !== undefined) item.reviewBank = true;
  return item;
}

/** The names of lists inside a record take all parts that are left. */
const LISTS = new Set(['phrasings']);
const NUMBERS = new Set(['weight', 'deduct', 'factor', 'answer', 'year']);
const FLAGS = new Set(['required']);

function text(name: string): Column {
  return {
    name,
    write: (item) => string(item[name]),
    read: (cell, { format }) => {
      if (name === 'unit') return format === 'numeric' ? cell : undefined;
      return cell === '' ? undefined : cell;
    },
  };
}

function number(name: string): Column {
  return {
    name,
    write: (item) => string(item[name]),
    read: (cell) => (cell.trim() === '' ? undefined : numberIn(cell)),
  };
}

function flag(name: string): Column {
  return {
    name,
    write: (item) => (item[name] === undefined ? '' : item[name] ? 'yes' : 'no'),
    read: (cell) => (cell.trim() === '' ? undefined : flagIn(cell)),
  };
}

/** One entry a line. */
function list(name: string): Column {
  return {
    name,
    write: (item) => entries(item[name]).map(string).map(escaped).join('\n'),
    read: (cell) => (cell.trim() === '' ? undefined : lines(cell).map(unescaped)),
  };
}

/** One record a line, its parts between bars. */
function records(name: string, parts: readonly string[]): Column {
  return {
    name,
    write: (item) =>
      entries(item[name])
        .map((entry) => writeRecord(entry as Fields, parts))
        .join('\n'),
    read: (cell) =>
      cell.trim() === '' ? undefined : lines(cell).map((line) => readRecord(line, parts)),
  };
}

function record(name: string, parts: readonly string[]): Column {
  return {
    name,
    write: (item) => (item[name] ? writeRecord(item[name] as Fields, parts) : ''),
    read: (cell) => (cell.trim() === '' ? undefined : readRecord(cell, parts)),
  };
}

/** `relative: 0.02` or `absolute: 1`. */
function pair(name: string): Column {
  return {
    name,
    write: (item) =>
      Object.entries(item[name] ?? {})
        .map(([key, value]) => `${key}: ${value}`)
        .join(', '),
    read: (cell) => {
      if (cell.trim() === '') return undefined;
      const [key = '', value = ''] = cell.split(':').map((part) => part.trim());
      return Object.fromEntries([[key, numberIn(value)]]);
    },
  };
}

/** Of an ordering: `text | why`; of a scenario: what is asked, step by step. */
function steps(): Column {
  const ordered = records('steps', ['text', 'why']);
  const asked = list('steps');
  return {
    name: 'steps',
    write: (item) => (item.format === 'order' ? ordered : asked).write(item),
    read: (cell, item) => (item.format === 'order' ? ordered : asked).read(cell, item),
  };
}

function writeRecord(entry: Fields, parts: readonly string[]): string {
  const cells = parts.flatMap((part) => {
    const value = entry[part];
    if (part === 'correct') return [];
    if (LISTS.has(part)) return entries(value).map(string);
    if (FLAGS.has(part)) return [value === undefined ? '' : value ? part : `not ${part}`];
    return [string(value)];
  });
  while (cells.at(-1) === '') cells.pop();
  const line = cells.map(escaped).join(' | ');
  if (!parts.includes('correct')) return line;
  return `${entry.correct ? '[x]' : '[ ]'} ${line}`;
}

function readRecord(line: string, parts: readonly string[]): Fields {
  const entry: Fields = {};
  let rest = line;
  if (parts.includes('correct')) {
    const mark = /^\s*\[([ xX]?)\]\s?/.exec(line);
    if (mark?.[1]?.toLowerCase() === 'x') entry.correct = true;
    rest = line.slice(mark?.[0].length ?? 0);
  }
  const cells = split(rest);
  for (const part of parts.filter((name) => name !== 'correct')) {
    if (LISTS.has(part)) {
      entry[part] = cells.splice(0).filter((cell) => cell !== '');
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

function escaped(value: string): string {
  return value.replace(/[\\|]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
}

function unescaped(value: string): string {
  return value.replace(/\\(.)/gs, (_, char: string) =>
    char === 'n' ? '\n' : char === 'r' ? '\r' : char,
  );
}

function lines(cell: string): string[] {
  return cell
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
}

function entries(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function string(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}

/** A number where it is one; else the text, for the check to name. */
function numberIn(cell: string): number | string {
  const value = Number(cell.trim());
  return Number.isFinite(value) ? value : cell;
}

function flagIn(cell: string): boolean | string {
  const word = cell.trim().toLowerCase();
  if (word === 'yes' || word === 'true') return true;
  return word === 'no' || word === 'false' ? false : cell;
}
