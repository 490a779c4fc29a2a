import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readCatalog } from '../../src/catalog.ts';
import type { SpokenQuestion } from '../../src/core/questions/schema.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { spokenItem } from '../support/items.ts';
import { createWorld } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-phrasings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const QUESTION = 'c5-explain-two-phases';
const POINT = 'decode-bound';
const { catalog } = readCatalog();
const question = phased();

function phased(): SpokenQuestion {
  const found = catalog.question(QUESTION);
  if (!found || !('keyPoints' in found)) throw new Error('The bank has this question');
  return found;
}

/** Runs the tool as an operator types it. */
function run(...args: string[]) {
  return spawnSync(process.execPath, ['dist/tools/phrasings.js', ...args], {
    encoding: 'utf8',
  });
}

type Given = { as: string; text: string; consent: 'yes' | 'no'; of?: string };

/** A database in which people answered, left the rest and contested a verdict, one after another. */
async function contested(name: string, item: SpokenQuestion, people: Given[]): Promise<string> {
  const file = join(folder, name);
  const world = createWorld({ isDirect: true, url: `file:${file}`, questions: [item] });
  for (const [index, { as, text, consent, of = `point:${POINT}` }] of people.entries()) {
    const at = `interview:${index + 1}`;
    for (const typed of [
      'mock solo',
      `mock go ${at}`,
      `mock answer ${at} text:"${text}"`,
      `mock go ${at}`,
      `mock end ${at} confirm:yes`,
      `mock contest ${at} item:1 ${of} consent:${consent}`,
    ])
      await world.ask(typed, { as });
  }
  world.close();
  return file;
}

const ODD = 'Afterwards a sherpa carries the luggage up for each syllable.';
const KNOWN = 'The whole prompt is read at once and fills the cache.';

test('what people shared is printed by question and point in the YAML of the bank, without names', async () => {
  const file = await contested('shared.db', question, [
    { as: 'mira', text: `${KNOWN} ${ODD}`, consent: 'yes' },
    { as: 'tomas', text: 'Words that stay with their author.', consent: 'no' },
    { as: 'jonas', text: ODD, consent: 'yes' },
  ]);

  const { status, stdout, stderr } = run('--database', file);

  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(parse(stdout)).toEqual([
    { id: QUESTION, keyPoints: [{ id: POINT, phrasings: [KNOWN, ODD] }] },
  ]);
  expect(stdout).toContain('# Decode is limited by memory bandwidth');
  expect(stdout).toContain(`${KNOWN} # read as prefill-what`);
  expect(stdout).not.toMatch(/mira|tomas|jonas|stay with their author/);
}, 60_000);

test('a contested wrong claim is printed with the words that the grader takes for it', async () => {
  const [flag] = question.redFlags;
  if (!flag) throw new Error('The question has a wrong claim');
  const text = `${ODD} ${flag.text}`;
  const file = await contested('claims.db', question, [
    { as: 'mira', text, consent: 'yes', of: 'claim:flag-1' },
  ]);

  const { status, stdout, stderr } = run('--database', file);

  expect(stderr).toBe('');
  expect(status).toBe(0);
  expect(parse(stdout)).toEqual([
    { id: QUESTION, redFlags: [{ text: flag.text, unlike: [flag.text] }] },
  ]);
}, 60_000);

test('an answer that the grader recognizes by now is counted and left out', async () => {
  const text = question.modelAnswer;
  const file = await contested('known.db', question, [{ as: 'mira', text, consent: 'yes' }]);

  const { status, stdout } = run('--database', `file:${file}`);

  expect(status).toBe(0);
  expect(parse(stdout)).toBeNull();
  expect(stdout).toContain('now finds the point: 1 of 1');
}, 60_000);

test("a team's own question is told apart, and odd signs in an answer stay text", async () => {
  const text = 'key: [1, 2] # \u001b[31mred\u001b[0m';
  const file = await contested('own.db', spokenItem('own-cache'), [
    { as: 'mira', text, consent: 'yes', of: 'point:linear' },
  ]);

  const { stdout } = run('--database', file);

  expect(parse(stdout)).toEqual([
    { id: 'own-cache', keyPoints: [{ id: 'linear', phrasings: [text] }] },
  ]);
  expect(stdout).toContain('not in the bank');
  expect(stdout).not.toContain('\u001b');
}, 60_000);

test('without anything shared it says so', () => {
  const file = join(folder, 'empty.db');
  openSqlite(`file:${file}`).close();

  const { status, stdout } = run('--database', file);

  expect(status).toBe(0);
  expect(stdout).toContain('No one has shared');
}, 60_000);

test.each([
  { args: ['--database', join(folder, 'none.db')], words: "I can't find the database" },
  { args: ['--database', 'package.json'], words: "isn't a Warmup database" },
  { args: ['--datbase', 'x.db'], words: '--database FILE' },
])(
  '$args is refused with words on how to put it right',
  ({ args, words }) => {
    const { status, stdout, stderr } = run(...args);

    expect(stdout).toBe('');
    expect(stderr).toContain(words);
    expect(stderr).not.toContain('    at ');
    expect(status).toBe(2);
    expect(existsSync(join(folder, 'none.db'))).toBe(false);
  },
  60_000,
);
