import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../../../src/store/sqlite.ts';
import { attemptOf, singleItem } from '../../../support/items.ts';
import { createWorld, type World, words } from '../../../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const admin = { as: 'boss', admin: true };
const ana = { as: 'ana' };
const RIGHT = 'answer 1 try:1 choice:b';
const WRONG = 'answer 1 try:1 choice:a';
const DELETE = 'me delete confirm:yes';

async function posted(options: { url?: string } = {}): Promise<World> {
  const world = createWorld({ questions: [singleItem('q1')], ...options });
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  await world.comeTo('2026-03-02T09:00:00Z');
  return world;
}

async function pointsOf(world: World, as = 'ana'): Promise<number> {
  const standing = await world.store.standing(await world.teamId(), await world.personId(as));
  return standing?.quarters ?? 0;
}

test.each([
  { before: 'a wrong answer', lines: [WRONG] },
  { before: 'two wrong answers', lines: [WRONG, 'answer 1 try:2 choice:c'] },
  { before: 'the solution', lines: ['answer reveal 1'] },
  { before: 'a hint', lines: ['answer hint 1 number:1'] },
  { before: 'a right answer', lines: [RIGHT] },
])('after $before, deleting oneself brings no second chance at points', async ({ lines }) => {
  const world = await posted();
  for (const line of lines) await world.ask(line, ana);
  await world.ask(DELETE, ana);

  const reply = await world.ask(RIGHT, ana);

  expect(await pointsOf(world)).toBe(0);
  expect(words(reply)).toContain("doesn't earn points");
});

test('deleting oneself twice changes nothing, and others are not touched', async () => {
  const world = await posted();
  await world.ask(WRONG, ana);
  await world.ask(DELETE, ana);
  await world.ask('me', ana);
  await world.ask(DELETE, ana);

  await world.ask(RIGHT, ana);
  await world.ask(RIGHT, { as: 'bo' });

  expect(await pointsOf(world)).toBe(0);
  expect(await pointsOf(world, 'bo')).toBeGreaterThan(0);
});

test('a correction gives no points either to somebody who was deleted in between', async () => {
  const world = await posted();
  await world.ask(WRONG, ana);
  await world.ask(DELETE, ana);
  await world.ask(WRONG, ana);

  await world.store.correctPost({
    postId: 1,
    question: singleItem('q1'),
    check: () => 1,
    note: 'the first one is right too',
    at: world.clock.now(),
    rows: () => [],
  });

  expect(await pointsOf(world)).toBe(0);
});

test('whoever wrote a question for the team knows it after a deletion too', async () => {
  const world = await posted();
  await world.ask('me', ana);
  await world.store.markUnranked(['q1'], await world.personId());
  await world.ask(DELETE, ana);

  await world.ask(RIGHT, ana);

  expect(await pointsOf(world)).toBe(0);
});

test('the confirmation says what stays, and a team of one goes too', async () => {
  const world = await posted();
  const alone = { as: 'ana', team: '@ana' };
  await world.ask('me', alone);

  expect(words(await world.ask('me delete', ana))).toMatch(/kept for 180 days.*no name/s);
  await world.ask(DELETE, ana);

  expect(await world.store.teamStateOf('terminal:@ana')).toBeUndefined();
  expect(await world.store.teamStateOf('terminal:T1')).toBeDefined();
});

test('the key is a file beside the database that only its owner reads, and stays the same', async () => {
  const file = join(folder, 'key.db');
  const world = await posted({ url: `file:${file}` });
  await world.ask(WRONG, ana);
  await world.ask(DELETE, ana);
  const key = readFileSync(`${file}.key`, 'utf8');
  world.close();

  expect(statSync(`${file}.key`).mode & 0o777).toBe(0o600);
  expect(key.trim().length).toBeGreaterThanOrEqual(43);
  expect(readFileSync(file).includes(key.trim())).toBe(false);
  const { store, close } = openSqlite(`file:${file}`);
  expect(readFileSync(`${file}.key`, 'utf8')).toBe(key);
  const newcomer = {
    account: 'terminal:ana',
    name: 'ana',
    workspace: 'terminal:T1',
    workspaceName: 'T1',
    newPersonId: 'ana-again',
    newTeamId: 'x',
    at: world.clock.now(),
  };
  await store.meet(newcomer);
  const attempt = attemptOf({ postId: 1, personId: 'ana-again', at: world.clock.now() });
  expect(await store.recordAttempt(attempt)).toMatchObject({
    quarters: 0,
    unranked: true,
  });
  close();
});

test('a key from the settings needs no file, and an unusable file is refused in words', () => {
  const set = join(folder, 'set.db');
  openSqlite(`file:${set}`, { answerKey: 'a key from the settings' }).close();
  expect(existsSync(`${set}.key`)).toBe(false);

  const broken = join(folder, 'broken.db');
  writeFileSync(`${broken}.key`, '');
  expect(() => openSqlite(`file:${broken}`)).toThrow(/broken.db.key.*ANSWER_KEY/);
});

test("a group's name goes with the last member who is deleted", async () => {
  const file = join(folder, 'groups.db');
  const world = createWorld({ url: `file:${file}` });
  const who = { teamId: await world.teamId(), personId: await world.personId() };
  await world.store.joinGroup(who, "Ana's friends");

  await world.store.forget(who.personId, { at: world.clock.now() });
  world.close();

  const sqlite = new Sqlite(file, { readonly: true });
  expect(sqlite.prepare('select name from groups').all()).toEqual([]);
  sqlite.close();
});
