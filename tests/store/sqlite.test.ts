import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-'));
let count = 0;
const freshFile = () => {
  count += 1;
  return join(folder, `${count}.db`);
};

afterAll(() => {
  rmSync(folder, { recursive: true });
});

test('a database is made at the first start and opened again at the next', () => {
  const file = freshFile();

  openSqlite(`file:${file}`).close();
  openSqlite(`file:${file}`).close();

  const sqlite = new Sqlite(file);
  expect(sqlite.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(sqlite.pragma('integrity_check', { simple: true })).toBe('ok');
  sqlite.close();
});

test('only its owner may read a new database, its log included', () => {
  const file = freshFile();
  const { close } = openSqlite(`file:${file}`);
  const modes = ['', '-wal', '-shm'].map((end) => statSync(`${file}${end}`).mode & 0o777);
  close();

  expect(modes).toEqual([0o600, 0o600, 0o600]);
});

test('databases in memory are whole and share nothing', async () => {
  const [first, second] = [openSqlite(':memory:'), openSqlite(':memory:')];
  const met = (name: string) => ({
    account: `terminal:${name}`,
    name,
    workspace: 'terminal:T1',
    workspaceName: 'T1',
    newPersonId: name,
    newTeamId: `team of ${name}`,
    at: new Date('2026-03-02T09:00:00Z'),
  });

  const one = await first.store.meet(met('ana'));
  const later = openSqlite(':memory:');

  expect(one.team.id).toBe('team of ana');
  expect((await second.store.meet(met('ben'))).team.id).toBe('team of ben');
  expect((await later.store.meet(met('cleo'))).team.id).toBe('team of cleo');
  for (const { close } of [first, second, later]) close();
});

test('a database in memory that is used again holds nothing of the one before', async () => {
  const met = (name: string) => ({
    account: `terminal:${name}`,
    name,
    workspace: 'terminal:T1',
    workspaceName: 'T1',
    newPersonId: name,
    newTeamId: `team of ${name}`,
    at: new Date('2026-03-02T09:00:00Z'),
  });
  const schedule = (teamId: string) => ({
    ...{ teamId, platform: 'terminal' as const, channel: 'c', time: '09:00', zone: 'UTC' },
    ...{ days: '1234567', mix: { difficulties: [], chapters: [] }, state: 'off' as const },
    ...{ daysOff: [], startsOn: '2026-03-02', createdAt: new Date('2026-03-02T09:00:00Z') },
  });
  const first = openSqlite(':memory:', { isReused: true });
  const one = await first.store.meet(met('ana'));
  const added = await first.store.addSchedule(schedule(one.team.id));
  const late = first.store.meet(met('ben'));
  first.close();
  const second = openSqlite(':memory:', { isReused: true });

  await expect(late).rejects.toThrow();
  await expect(first.store.personOfAccount('terminal:ana')).rejects.toThrow('closed');
  expect(await second.store.personOfAccount('terminal:ana')).toBeUndefined();
  const two = await second.store.meet(met('ana'));
  expect(await second.store.addSchedule(schedule(two.team.id))).toEqual(added);
  second.close();

  const third = openSqlite(':memory:', { isReused: true });
  expect(await third.store.personOfAccount('terminal:ana')).toBeUndefined();
  const three = await third.store.meet(met('ana'));
  expect(await third.store.addSchedule(schedule(three.team.id))).toEqual(added);
  third.close();
});

test('a database of a newer version is refused in words', () => {
  const file = freshFile();
  openSqlite(`file:${file}`).close();
  const sqlite = new Sqlite(file);
  sqlite
    .prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
    .run('x', 9e15);
  sqlite.close();

  expect(() => openSqlite(`file:${file}`)).toThrow(/newer version of Warmup/);
});

test('a database of 0.2.0 is refused in one sentence and stays as it is', () => {
  const file = freshFile();
  openSqlite(`file:${file}`).close();
  const sqlite = new Sqlite(file);
  // When the first migration of 0.2.0 was made.
  sqlite.exec('update __drizzle_migrations set created_at = 1795611472552 where rowid = 1');
  sqlite.pragma('journal_mode = delete');
  sqlite.close();
  const before = readFileSync(file);

  expect(() => openSqlite(`file:${file}`)).toThrow(
    `${file} was written by Warmup 0.2.0 or earlier, so move it away or set DATABASE_URL to another file.`,
  );
  expect(readFileSync(file).equals(before)).toBe(true);
  expect(existsSync(`${file}.before-upgrade`)).toBe(false);
});

test('a file that is no database is refused in words', () => {
  const file = freshFile();
  writeFileSync(file, 'this is a letter, not a database '.repeat(100));

  expect(() => openSqlite(`file:${file}`)).toThrow(/isn't a Warmup database/);
});

test('a missing folder is refused in words', () => {
  expect(() => openSqlite(`file:${folder}/nowhere/x.db`)).toThrow(/folder is missing/);
});

test('one failing piece of a shared commit leaves the others whole', async () => {
  const { store, close } = openSqlite(':memory:');
  const at = new Date('2026-01-01T00:00:00Z');
  const meet = (name: string, id: string) =>
    store.meet({
      account: `terminal:${name}`,
      name,
      workspace: 'terminal:T',
      workspaceName: 'T',
      newPersonId: id,
      newTeamId: 't',
      at,
    });

  // The second takes an id that the first has just used, in the same turn of the loop.
  const results = await Promise.allSettled([meet('a', 'p1'), meet('b', 'p1'), meet('c', 'p3')]);

  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect((await store.personOfAccount('terminal:c'))?.id).toBe('p3');
  expect(await store.personOfAccount('terminal:b')).toBeUndefined();
  close();
});
