import {
  entries,
  escaped,
  type Fields,
  flagIn,
  lines,
  numberIn,
  readRecord,
  string,
  unescaped,
  writeRecord,
} from './record-lines.ts';

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
  records('keyPoints', [
    'id',
    'weight',
    'required',
    'text',
    'phrasings',
    'wrong',
    'label',
    'contrast',
  ]),
  records('redFlags', ['text', 'phrasings']),
  text('modelAnswer'),
  record('levels', ['weak', 'solid', 'excellent']),
  text('explanation'),
  records('references', ['title', 'year', 'url', 'where']),
  list('hints'),
  records('followUps', ['ask', 'expect', 'phrasings']),
  list('related'),
  number('minutes'),
  text('seniority'),
  records('reviewed', ['by', 'date', 'note']),
  text('reviewBy'),
  list('enemyOf'),
  list('notDuplicateOf'),
];

/** A column of a table of items: how a field becomes a cell, and back. */
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
