import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answeredTeam, HOUR_MS, START } from '../../lab/bench/parts/answered-team.ts';
import type { Store } from '../../src/queries.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { turnsDuring } from '../support/turns.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-turns-'));
const POSTS = 20;
/** Three slices. */
const PEOPLE = 1_100;

let opened: ReturnType<typeof openSqlite>;
beforeAll(async () => {
  const file = join(folder, 'team.db');
  await answeredTeam(file, PEOPLE, POSTS);
  opened = openSqlite(`file:${file}`);
});
afterAll(() => {
  opened.close();
  rmSync(folder, { recursive: true });
});

const all = { after: new Date(START), until: new Date(START + (POSTS + 1) * 24 * HOUR_MS) };

/** Each with the least number of parts that it has for so many posts and people. */
test.each<[string, (store: Store) => Promise<unknown>, number]>([
  ['counting for quality', (store) => store.firstAnswersOf('team'), POSTS],
  ['measuring for a quiz', (store) => store.firstAnswersByPerson('team', POSTS * PEOPLE), POSTS],
  ['questions of a digest', (store) => store.closedBetween('team', all), POSTS],
  ['who answered all', (store) => store.answeredAll([1, 2]), 2],
  ['accounts to tell', (store) => store.accountsAnswered({ id: 1, platform: 'slack' }), 2],
])('%s lets everyone else go on', async (_, work, parts) => {
  expect(await turnsDuring(work(opened.store))).toBeGreaterThanOrEqual(parts);
});
