import type { ParsedNode, YAMLError } from 'yaml';
import { isMap, isScalar, isSeq, Lexer, LineCounter, Parser, parseDocument, visit } from 'yaml';

/** A file of `data/`, or one that a team uploads, before anything is known about it. */
export type TextFile = { file: string; text: string };

/** One thing that is wrong in a file, told so that it can be mended without reading the code. */
export type FileProblem = {
  file: string;
  /** 1-based. */
  line: number;
  /** Of the item, when it has one. */
  id?: string;
  /** Field names and 0-based places joined by dots, such as `options.2.why`; empty for the whole. */
  path: string;
  message: string;
  fix: string;
};

/** What is wrong with one field and how to mend it, before anybody knows where it stands. */
export type Trouble = { path: readonly PropertyKey[]; message: string; fix: string };

/** One entry of a list file. */
export type YamlEntry = {
  value: unknown;
  /** Line of a field, or of the nearest thing around it that exists. */
  lineOf(path: readonly PropertyKey[]): number;
};

/** A list file as it was read, with what is wrong in it. */
export type YamlList = {
  /** Entries that could be read; one with a problem of its own is left out. */
  entries: YamlEntry[];
  problems: FileProblem[];
};

/** Characters of a text file. Well above the whole bank, which takes 5 million as a table for Anki. */
export const MAX_FILE = 10_000_000;

/** Levels of nesting as the parser counts them; the bank needs 7. Far deeper ones end the process in V8. */
const DEEPEST = 40;

/** Words, marks and gaps of a file; the whole bank in one file has 330,000. */
const MAX_TOKENS = 1_000_000;

/** After so many, one slip in the syntax is only echoing. */
const MAX_SYNTAX_PROBLEMS = 20;

const SYNTAX_FIXES = new Map<string, string>([
  ['MULTIPLE_DOCS', 'keep one list per file: remove the line "---"'],
  ['NON_STRING_KEY', 'use plain words as field names'],
  ['TAG_RESOLVE_FAILED', 'remove the tag that starts with "!"'],
  ['MULTILINE_IMPLICIT_KEY', 'put text that contains ": " in quotes, or use a block ("|")'],
  ['BLOCK_AS_IMPLICIT_KEY', 'put text that contains ": " in quotes, or use a block ("|")'],
  ['RESOURCE_EXHAUSTION', 'write a plain list of questions'],
  ['BAD_ALIAS', 'put text that starts with "*" or "&" in quotes'],
  ['BAD_SCALAR_START', 'put text that starts with "@" or "`" in quotes'],
]);

/** Reads a YAML (or JSON) file that holds one list, with every problem of its syntax. */
export function readYamlList({ file, text }: TextFile): YamlList {
  const failed = (line: number, message: string, fix: string): YamlList => ({
    entries: [],
    problems: [{ file, line, path: '', message, fix }],
  });
  if (text.length > MAX_FILE) {
    return failed(
      1,
      `has ${text.length} characters, and the limit is ${MAX_FILE}`,
      'split the file',
    );
  }

  const refused = refusal(text);
  if (refused) return failed(1, refused.message, refused.fix);

  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    // Checked in readEntries: the library's own check is quadratic in the number of fields.
    uniqueKeys: false,
  });

  const lineAt = (offset: number) => Math.max(1, lines.linePos(offset).line);
  const errors: YAMLError[] = [...document.errors, ...document.warnings];
  if (errors.length > 0) {
    return { entries: [], problems: syntaxProblems(file, text.split('\n'), errors, lineAt) };
  }

  const list = document.contents;
  if (list === null) return { entries: [], problems: [] };
  if (!isSeq<ParsedNode>(list)) {
    return failed(lineAt(list.range[0]), "isn't a list", 'start each question with "- "');
  }
  return readEntries(file, list.items, lineAt);
}

/** Says where a trouble stands. */
export function located(file: string, entry: YamlEntry, { path, ...words }: Trouble): FileProblem {
  const id = idIn(entry.value);
  const place = { file, line: entry.lineOf(path), path: path.map(String).join('.') };
  return { ...place, ...(id !== undefined && { id }), ...words };
}

/** The id that an entry gives itself, whatever else is wrong with it. */
export function idIn(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('id' in value)) return undefined;
  return typeof value.id === 'string' ? value.id : undefined;
}

function syntaxProblems(
  file: string,
  rows: readonly string[],
  errors: readonly YAMLError[],
  lineAt: (offset: number) => number,
): FileProblem[] {
  const perLine = new Map<number, FileProblem>();
  for (const { code, message, pos } of errors) {
    const line = lineAt(pos[0]);
    if (perLine.has(line) || perLine.size === MAX_SYNTAX_PROBLEMS) continue;
    const fix = /^ *\t/.test(rows[line - 1] ?? '')
      ? 'indent with spaces'
      : (SYNTAX_FIXES.get(code) ?? 'fix the line (check its quotes and indentation)');
    perLine.set(line, { file, line, path: '', message: `isn't valid YAML: ${message}`, fix });
  }
  return [...perLine.values()];
}

/**
 * Why a text must not reach the parser. The library's first stage keeps what is open on a stack of its
 * own, where the later ones call themselves once a level: so that stage runs alone first, and stops early.
 */
function refusal(text: string): Pick<FileProblem, 'message' | 'fix'> | undefined {
  const parser = new Parser();
  let tokens = 0;
  for (const lexeme of new Lexer().lex(text)) {
    // The parts of the document are of no use yet, but only whoever asks for them moves the parser.
    for (const _ of parser.next(lexeme));
    tokens += 1;
    if (parser.stack.length > DEEPEST)
      return { message: 'is nested too deeply to read', fix: 'write a plain list of questions' };
    if (tokens > MAX_TOKENS)
      return { message: 'has too many parts to read', fix: 'split the file' };
  }
  return undefined;
}

function readEntries(
  file: string,
  nodes: readonly ParsedNode[],
  lineAt: (offset: number) => number,
): YamlList {
  const entries: YamlEntry[] = [];
  const problems: FileProblem[] = [];

  for (const node of nodes) {
    const own = nodeProblems(file, node, lineAt);
    problems.push(...own);
    if (own.length > 0) continue;
    entries.push({ value: plain(node), lineOf: (path) => lineAt(offsetOf(node, path)) });
  }
  return { entries, problems };
}

/** Aliases and repeated keys: legal or harmless to the library, a trap in a bank. */
function nodeProblems(file: string, node: ParsedNode, lineAt: (offset: number) => number) {
  const problems: FileProblem[] = [];
  const id = idOf(node);
  const add = (offset: number, path: string, message: string, fix: string) =>
    problems.push({ file, line: lineAt(offset), ...(id && { id }), path, message, fix });

  visit(node, {
    Alias(_, alias) {
      const fix = 'write the text out (in quotes if it starts with "*")';
      add(alias.range?.[0] ?? 0, '', `uses the alias *${alias.source}`, fix);
    },
    Map(_, map) {
      const seen = new Set<unknown>();
      for (const { key } of map.items) {
        if (!isScalar(key)) continue;
        if (seen.has(key.value)) {
          add(key.range?.[0] ?? 0, String(key.value), 'appears twice', 'keep one of them');
        }
        seen.add(key.value);
      }
    },
  });
  return problems;
}

function idOf(node: ParsedNode): string | undefined {
  const id = isMap(node) ? node.get('id') : undefined;
  return typeof id === 'string' ? id : undefined;
}

/** Plain data; there are no aliases left and `__proto__` becomes an ordinary field. */
function plain(node: unknown): unknown {
  if (isScalar(node)) return node.value;
  if (isSeq(node)) return node.items.map(plain);
  if (!isMap(node)) return undefined;
  return Object.fromEntries(
    node.items.map(({ key, value }) => [isScalar(key) ? String(key.value) : '', plain(value)]),
  );
}

function offsetOf(node: ParsedNode, path: readonly PropertyKey[]): number {
  let here: unknown = node;
  let offset = node.range[0];
  for (const step of path) {
    if (isMap(here)) {
      const pair = here.items.find(({ key }) => isScalar(key) && key.value === step);
      if (!isScalar(pair?.key)) break;
      offset = pair.key.range?.[0] ?? offset;
      here = pair.value;
    } else if (isSeq(here)) {
      const item = here.items[Number(step)];
      if (!isScalar(item) && !isMap(item) && !isSeq(item)) break;
      offset = item.range?.[0] ?? offset;
      here = item;
    } else break;
  }
  return offset;
}
