import { cpSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createOneOf, readCatalog, readData } from '../src/catalog.ts';

let folder: string;
let folders: { data: string; built: string };
const FILE = 'questions/01-fundamentals-a.yaml';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'warmup-catalog-'));
  cpSync('data', join(folder, 'data'), { recursive: true });
  folders = { data: `${join(folder, 'data')}/`, built: join(folder, 'bank.json') };
  const { bank, problems } = readData(folders.data);
  expect(problems).toEqual([]);
  writeFileSync(folders.built, JSON.stringify(bank));
});

afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a file of the bank as if it had been edited after the build. */
function edit(change: (text: string) => string): void {
  const path = `${folders.data}${FILE}`;
  writeFileSync(path, change(readFileSync(path, 'utf8')));
  const later = Date.now() / 1000 + 60;
  utimesSync(path, later, later);
}

test('the built bank is what the YAML says', () => {
  const built = readCatalog(folders);
  expect(built.problems).toEqual([]);
  expect(built.catalog.questions).toEqual(readData(folders.data).bank.questions);
});

test('the words of the grader that the build left are used until they are edited', () => {
  const text = 'The cache keeps keys and values.';
  const keyPoints = [{ id: 'kept', text, weight: 1, phrasings: [text] }];
  const grade = () =>
    readCatalog(folders).catalog.grade({ prompt: 'What is kept?', keyPoints }, text);
  writeFileSync(join(folder, 'grading.json'), 'not what the YAML says');

  expect(grade).toThrow(SyntaxError);
  const later = Date.now() / 1000 + 60;
  utimesSync(`${folders.data}lexicon.yaml`, later, later);
  expect(grade().score).toBe(1);
});

test('a question that each post reads from its row is the same to the grader', () => {
  const oneOf = createOneOf<object>();
  const first = { prompt: 'What is kept?' };

  expect(oneOf(first)).toBe(first);
  expect(oneOf({ prompt: 'What is kept?' })).toBe(first);
  expect(oneOf({ prompt: 'What is lost?' })).not.toBe(first);
});

test('of many questions those that were answered last are the same', () => {
  const oneOf = createOneOf<object>();
  const [first, ...others] = Array.from({ length: 64 }, (_, number) => oneOf({ number }));

  expect(oneOf({ number: 0 })).toBe(first);
  oneOf({ number: 64 });

  expect(oneOf({ number: 0 })).toBe(first);
  expect(oneOf({ number: 1 })).not.toBe(others[0]);
});

test('an edited file is read again', () => {
  edit((text) => text.replace('  version: 1', '  version: 7'));
  expect(readCatalog(folders).catalog.question('c1-space-token')?.version).toBe(7);
});

test('a malformed file is reported with its line, and the last good bank stays', () => {
  const before = readFileSync(`${folders.data}${FILE}`, 'utf8');
  const line = before.split('\n').length;
  edit((text) => `${text.trimEnd()}\n- id: c1-planted\n  format: singel\n  level: Easy\n`);
  const { catalog, problems } = readCatalog(folders);
  expect(problems.length).toBeGreaterThan(0);
  for (const problem of problems) expect(problem).toMatch(/01-fundamentals-a\.yaml:\d+ .+fix: /);
  expect(Number(problems[0]?.match(/yaml:(\d+)/)?.[1])).toBeGreaterThanOrEqual(line - 1);
  expect(catalog.questions).toHaveLength(630);
  expect(catalog.question('c1-planted')).toBeUndefined();
});
