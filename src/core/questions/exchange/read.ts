import { closest } from 'fastest-levenshtein';
import {
  type FileProblem,
  idIn,
  located,
  MAX_FILE,
  readYamlList,
  type TextFile,
  type YamlEntry,
  type YamlList,
} from '../read-yaml.ts';
import type { Question } from '../schema.ts';
import { readTeamQuestion } from '../team-schema.ts';
import { isRewritten, itemIn } from './anki.ts';
import { COLUMNS, itemOf } from './columns.ts';
import { type DelimitedRow, readDelimited } from './delimited.ts';
import { unharmed } from './write.ts';

/** Characters of all questions of a file together, as they are stored; a deck unpacks to more than it shows. */
const MAX_CHARACTERS = MAX_FILE;

/** Links to questions outside of a file. */
const MAX_LINKS = 5_000;

/** The name of a kind of file stands near its beginning. */
const HEAD = 10_000;

/** What a file of questions holds, or everything that is wrong with it. */
export type Upload = {
  questions: Question[];
  problems: FileProblem[];
  /** Links to questions that are not in the file: each is a problem when there is no such question. */
  links: { to: string; problem: FileProblem }[];
  /** Ids of cards that were changed in Anki where the change is not read from. */
  rewritten: string[];
};

/** One note of an Anki package. */
export type NoteRow = { fields: string[] };

/**
 * Reads questions from YAML, JSON, CSV or Anki's text, whichever it is.
 *
 * @param most Questions that the file may have.
 */
export function readUpload(file: TextFile, most: number): Upload {
  const text = file.text.startsWith('\ufeff') ? file.text.slice(1) : file.text;
  if (text.length > MAX_FILE) {
    const message = `has ${text.length} characters, and the limit is ${MAX_FILE}`;
    return refused({ file: file.file, line: 1, path: '', message, fix: 'split the file' });
  }
  switch (kindOf(text)) {
    case 'anki':
      return readAnki({ ...file, text }, most);
    case 'table':
      return readItems(file.file, tableEntries({ ...file, text }), most);
    case 'json':
      return readItems(file.file, jsonEntries({ ...file, text }), most);
    case 'yaml':
      return readItems(file.file, readYamlList({ ...file, text }), most);
  }
}

/** Nothing but a problem. */
function refused(problem: FileProblem): Upload {
  return { questions: [], problems: [problem], links: [], rewritten: [] };
}

/** Reads the notes of an Anki package; the place of a problem is the number of the note. */
export function readNotes(file: string, notes: readonly NoteRow[], most: number): Upload {
  return readCards(
    file,
    notes.map(({ fields }, index) => ({ line: index + 1, cells: fields })),
    most,
  );
}

type Kind = 'yaml' | 'json' | 'table' | 'anki';

function kindOf(text: string): Kind {
  const start = text.trimStart();
  if (start.startsWith('[') || start.startsWith('{')) return 'json';
  if (/^#(separator|html|guid column|notetype|deck|tags|columns)\b/m.test(start.slice(0, 400)))
    return 'anki';
  const [first = ''] = start.slice(0, HEAD).split('\n', 1);
  const names = first.toLowerCase().split(/[,;\t]/);
  if (names.length > 2 && names.some((name) => /^\W*(prompt|format)\W*$/.test(name)))
    return 'table';
  if (first.split('\t').length > 2) return 'anki';
  return 'yaml';
}

function readItems(file: string, { entries, problems: found }: YamlList, most: number): Upload {
  const problems = [...found];
  const accepted: { question: Question; entry: YamlEntry }[] = [];
  const places = new Map<string, number>();
  const tooMany = (message: string) =>
    problems.push({ file, line: 1, path: '', message, fix: 'split the file' });
  if (entries.length > most) tooMany(`has ${entries.length} questions, and the limit is ${most}`);
  let characters = 0;
  for (const entry of entries.slice(0, most)) {
    const id = idIn(entry.value);
    const first = id === undefined ? undefined : places.get(id);
    if (id !== undefined && first !== undefined) {
      const trouble = { path: ['id'], message: `"${id}" is already on line ${first}` };
      problems.push(located(file, entry, { ...trouble, fix: 'keep one of them' }));
    } else if (id !== undefined) places.set(id, entry.lineOf(['id']));
    const read = readTeamQuestion(entry.value);
    if ('question' in read) {
      characters += JSON.stringify(read.question).length;
      accepted.push({ question: read.question, entry });
    } else problems.push(...read.troubles.map((trouble) => located(file, entry, trouble)));
  }
  if (characters > MAX_CHARACTERS)
    tooMany(`has ${characters} characters in its questions, and the limit is ${MAX_CHARACTERS}`);
  const links = linksOf(file, accepted).filter(
    ({ to, problem: { id } }) => to === id || !places.has(to),
  );
  if (links.length > MAX_LINKS)
    tooMany(`links to ${links.length} questions outside this file, and the limit is ${MAX_LINKS}`);
  problems.push(
    ...links.filter(({ to, problem }) => to === problem.id).map((each) => each.problem),
  );
  problems.sort((a, b) => a.line - b.line);
  return {
    questions: accepted.map(({ question }) => question),
    problems,
    links: links.filter(({ to, problem }) => to !== problem.id),
    rewritten: [],
  };
}

/** What the items link to, each with the problem that it is when there is no such item. */
function linksOf(
  file: string,
  items: readonly { question: Question; entry: YamlEntry }[],
): Upload['links'] {
  return items.flatMap(({ question: { id, enemyOf = [], notDuplicateOf = [] }, entry }) =>
    Object.entries({ enemyOf, notDuplicateOf }).flatMap(([field, targets]) =>
      targets.map((to, index) => {
        const message = to === id ? 'names the question itself' : `there is no question "${to}"`;
        const fix = 'write the ID of another question, or remove it';
        return { to, problem: located(file, entry, { path: [field, index], message, fix }) };
      }),
    ),
  );
}

/** A tab is white space in JSON and an error in YAML; an item alone is a list of one. */
function jsonEntries({ file, text }: TextFile): YamlList {
  const spaced = text.replaceAll('\t', ' ');
  const list = readYamlList({ file, text: text.trimStart()[0] === '{' ? `[${spaced}]` : spaced });
  return {
    ...list,
    problems: list.problems.map((each) => ({
      ...each,
      message: each.message.replace('valid YAML', 'valid JSON'),
      fix: each.fix.replace(
        'start each question with "- "',
        'put the questions in one list: [ … ]',
      ),
    })),
  };
}

function tableEntries({ file, text }: TextFile): YamlList {
  const { rows, problems: found } = readDelimited(text, separatorOf(text));
  const problems: FileProblem[] = found.map((each) => ({ file, path: '', ...each }));
  const [head, ...body] = rows;
  if (!head) return { entries: [], problems };
  const names = new Map(COLUMNS.map(({ name }) => [name.toLowerCase(), name]));
  const columns = head.cells.map((cell) => names.get(cell.trim().toLowerCase()));
  for (const [index, cell] of head.cells.entries()) {
    if (columns[index] !== undefined || cell.trim() === '') continue;
    const near = closest(cell.trim(), [...names.values()]);
    const fix = `did you mean "${near}"? If not, remove the column`;
    problems.push({
      file,
      line: head.line,
      path: cell.trim(),
      message: "isn't a known column",
      fix,
    });
  }
  const entries = body.map(({ line, cells }): YamlEntry => {
    if (cells.length > columns.length)
      problems.push({
        file,
        line,
        path: '',
        message: `has ${cells.length} cells for ${columns.length} columns`,
        fix: 'put cells that contain the separator in quotes',
      });
    const named = cells.flatMap((cell, index) => {
      const name = columns[index];
      return name === undefined ? [] : [[name, unharmed(cell)] as const];
    });
    return { value: itemOf(new Map(named)), lineOf: () => line };
  });
  return { entries, problems };
}

/** Spreadsheets of many countries write semicolons. */
function separatorOf(text: string): string {
  const [first = ''] = text.slice(0, HEAD).split('\n', 1);
  const count = (separator: string) => first.split(separator).length;
  return [',', ';', '\t'].sort((a, b) => count(b) - count(a))[0] ?? ',';
}

function readAnki({ file, text }: TextFile, most: number): Upload {
  const head = headOf(text);
  const separator = head.some((row) => /^#separator:(comma|,)/i.test(row))
    ? ','
    : head.some((row) => /^#separator:(semicolon|;)/i.test(row))
      ? ';'
      : '\t';
  // Empty lines keep the numbers of the lines as they are in the file.
  const notes = readDelimited(
    '\n'.repeat(head.length) + text.slice(head.join('').length + head.length),
    separator,
  );
  const upload = readCards(file, notes.rows, most);
  const problems = notes.problems.map((each) => ({ file, path: '', ...each }));
  return { ...upload, problems: [...problems, ...upload.problems] };
}

/** Anki's text begins with a few lines of settings; there are 12 of them. */
const MAX_SETTINGS = 50;

function headOf(text: string): string[] {
  const rows = text.slice(0, HEAD).split('\n', MAX_SETTINGS);
  const body = rows.findIndex((row) => !row.startsWith('#'));
  return rows.slice(0, Math.max(0, body));
}

function readCards(file: string, rows: readonly DelimitedRow[], most: number): Upload {
  const problems: FileProblem[] = [];
  const cellsOf = new Map<number, string[]>();
  const entries = rows.flatMap(({ line, cells }): YamlEntry[] => {
    const value = cells.map(itemIn).findLast((each) => each !== undefined);
    if (value === undefined) {
      const message = "is a card that Warmup didn't export";
      const fix =
        'write the question in the form for a new question (other cards have no wrong answers)';
      problems.push({ file, line, path: 'Item', message, fix });
      return [];
    }
    cellsOf.set(line, cells);
    return [{ value, lineOf: () => line }];
  });
  const upload = readItems(file, { entries, problems }, most);
  const lines = new Map(entries.map(({ value, lineOf }) => [idIn(value), lineOf([])]));
  const rewritten = upload.questions.filter((question) =>
    isRewritten(question, cellsOf.get(lines.get(question.id) ?? 0) ?? []),
  );
  return { ...upload, rewritten: rewritten.map(({ id }) => id) };
}
