import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import { databaseProblems } from '../support/database.ts';
import { createWorld } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-backup-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a tool as an operator types it, while this process goes on. */
function run(tool: 'backup' | 'restore', database: string, ...args: string[]) {
  return new Promise<{ code: number | null; said: string }>((resolve) => {
    const child = spawn(process.execPath, [`dist/tools/${tool}.js`, ...args], {
      env: { PATH: process.env['PATH'], DATABASE_URL: `file:${database}` },
    });
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
    });
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    child.on('close', (code) => resolve({ code, said }));
  });
}

/** A bot whose team has answered one question. */
async function playedBot(name: string) {
  const file = join(folder, name);
  const world = createWorld({ url: `file:${file}`, isUnlimited: true });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 try:1 choice:a', { as: 'ana' });
  await world.ask('answer 1 try:1 choice:b', { as: 'ben' });
  return { file, world };
}

const boardOf = (file: string) => {
  const sqlite = new Sqlite(file);
  const rows = sqlite.prepare('select * from standings order by person_id').all();
  sqlite.close();
  return rows;
};

const onlyIn = (at: string) => join(at, readdirSync(at)[0] ?? '');

test('a backup that is made while people answer is whole, and restores to the same leaderboard', async () => {
  const { file, world } = await playedBot('busy.db');
  let isOver = false;
  let written = 0;
  const writing = (async () => {
    for (; !isOver; written += 1)
      await world.ask('answer 1 try:1 choice:a', { as: `person ${written}` });
  })();

  const backup = await run('backup', file, join(folder, 'busy'));
  isOver = true;
  await writing;

  expect(backup).toMatchObject({ code: 0 });
  expect(backup.said).toMatch(
    /every score is what the ledger says[\s\S]*1 questions, [1-9]\d* answers/,
  );
  // It takes a third of a second: some of the people answered meanwhile.
  expect(written).toBeGreaterThan(5);
  const copy = onlyIn(join(folder, 'busy'));
  expect(databaseProblems(copy)).toEqual([]);
  expect(statSync(copy).mode & 0o777).toBe(0o600);

  const elsewhere = join(folder, 'elsewhere', 'warmup.db');
  const restored = await run('restore', elsewhere, copy);

  expect(restored).toMatchObject({ code: 0 });
  expect(restored.said).toContain('no answer key');
  expect(boardOf(elsewhere).length).toBeGreaterThan(2);
  expect(boardOf(elsewhere)).toEqual(boardOf(copy));
  openSqlite(`file:${elsewhere}`).close();
  world.close();
});

test('a database that is used is not replaced; one that is not is moved aside', async () => {
  const { file, world } = await playedBot('kept.db');
  const before = boardOf(file);
  const keys = join(folder, 'kept.key');
  expect(await run('backup', file, join(folder, 'kept'), '--key', keys)).toMatchObject({ code: 0 });
  expect(readFileSync(keys, 'utf8')).toBe(readFileSync(`${file}.key`, 'utf8'));
  expect(statSync(keys).mode & 0o777).toBe(0o600);
  const copy = onlyIn(join(folder, 'kept'));
  await world.ask('answer 1 try:1 choice:a', { as: 'cleo' });

  expect((await run('restore', file, copy)).said).toContain('--replace');
  expect((await run('restore', file, copy, '--replace')).said).toContain('Stop Warmup first');
  expect(boardOf(file)).toHaveLength(3);
  world.close();
  const restored = await run('restore', file, copy, '--replace', '--key', keys);

  expect(restored).toMatchObject({ code: 0 });
  expect(boardOf(file)).toEqual(before);
  const aside = readdirSync(folder).find((name) => name.startsWith('kept.db.replaced-')) ?? '';
  expect(boardOf(join(folder, aside))).toHaveLength(3);
});

test('a backup that is damaged or whose scores are wrong is refused, and nothing is touched', async () => {
  const { file, world } = await playedBot('wrong.db');
  world.close();
  const sqlite = new Sqlite(file);
  sqlite.exec('update standings set quarters = quarters + 4');
  sqlite.close();
  const torn = join(folder, 'torn.db');
  writeFileSync(torn, readFileSync(file).fill(7, 8192, 30_000));
  const text = join(folder, 'text.db');
  writeFileSync(text, 'a letter'.repeat(1000));
  const target = join(folder, 'nowhere.db');

  const wrong = await run('restore', target, file, '--verify');
  expect(wrong).toMatchObject({ code: 1 });
  expect(wrong.said).toMatch(/2 rows of scores aren't what the ledger says/);
  for (const bad of [torn, text, join(folder, 'missing.db')])
    expect(await run('restore', target, bad)).toMatchObject({ code: 1 });
  expect(existsSync(target)).toBe(false);
});

const FOREIGN = {
  'the table letters': 'create table letters (text)',
  'the view endless':
    'create view endless as with recursive n(i) as (select 1 union all select i + 1 from n) select * from n',
  'the trigger takes':
    'create trigger takes after insert on attempts begin delete from ledger; end',
  'the table people':
    'alter table people add column huge text generated always as (hex(zeroblob(400000000)) || id)',
};

test.each(Object.entries(FOREIGN))(
  'a backup is refused for %s, which is not as Warmup makes it',
  async (name, sql) => {
    const file = join(folder, `${name}.db`);
    if (name !== 'the table letters') openSqlite(`file:${file}`).close();
    const sqlite = new Sqlite(file);
    sqlite.exec(sql);
    sqlite.close();
    const target = join(folder, `${name} restored.db`);

    const { code, said } = await run('restore', target, file);

    expect(said).toContain(`isn't a database of Warmup:\n${name} isn't`);
    expect(code).toBe(1);
    expect(existsSync(target)).toBe(false);
  },
);

test('a backup is whole, also with the tables of Litestream and of ANALYZE', async () => {
  const file = join(folder, 'litestream.db');
  openSqlite(`file:${file}`).close();
  const sqlite = new Sqlite(file);
  sqlite.exec(`
    create table if not exists _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
    create table if not exists _litestream_lock (id INTEGER);
    insert into people (id, name, created_at) values ('p1', 'ana', 1);
    analyze;
  `);
  sqlite.close();

  const { code, said } = await run('restore', 'nowhere.db', file, '--verify');

  expect(said).toContain('It has 1 people');
  expect(code).toBe(0);
});

test('a backup of a newer version is refused as one', async () => {
  const file = join(folder, 'newer.db');
  openSqlite(`file:${file}`).close();
  const sqlite = new Sqlite(file);
  sqlite.exec(`
    alter table people add column later text;
    insert into __drizzle_migrations (hash, created_at) values ('later', 99999999999999);
  `);
  sqlite.close();

  const { code, said } = await run('restore', join(folder, 'nowhere.db'), file);

  expect(said).toMatch(/ was written by a newer version of Warmup\. Run that version, [^\n]*\n$/);
  expect(code).toBe(1);
});

test('a backup of 0.2.0 is refused in one sentence, and nothing is touched', async () => {
  const backup = join(folder, 'first.db');
  openSqlite(`file:${backup}`).close();
  const sqlite = new Sqlite(backup);
  sqlite.exec('update __drizzle_migrations set created_at = 1795611472552 where rowid = 1');
  sqlite.pragma('journal_mode = delete');
  sqlite.close();
  const before = readFileSync(backup);
  const target = join(folder, 'first-restored.db');

  expect(await run('restore', target, backup)).toEqual({
    code: 1,
    said: `${backup} was written by Warmup 0.2.0 or earlier, so move it away or set DATABASE_URL to another file.\n`,
  });
  expect(readFileSync(backup).equals(before)).toBe(true);
  expect(existsSync(target)).toBe(false);
});

test('only the newest backups are kept', async () => {
  const { file, world } = await playedBot('many.db');
  world.close();
  const backups = join(folder, 'many');
  mkdirSync(backups);
  for (const day of ['01', '02', '03'])
    writeFileSync(join(backups, `warmup-2026-01-${day}T03-00-00Z.db`), '');
  writeFileSync(join(backups, 'notes.txt'), '');

  expect(await run('backup', file, backups, '--keep', '2')).toMatchObject({ code: 0 });

  const left = readdirSync(backups);
  expect(left).toHaveLength(3);
  expect(left.filter((name) => name.includes('2026-01'))).toEqual([
    'warmup-2026-01-03T03-00-00Z.db',
  ]);
});

test('a key that is to be copied into a missing folder is refused in words', async () => {
  const { file, world } = await playedBot('keyed.db');
  await world.close();

  const { code, said } = await run(
    'backup',
    file,
    join(folder, 'keyed'),
    '--key',
    join(folder, 'usb/key'),
  );

  expect(code).toBe(1);
  expect(said).toContain(
    `There's no folder ${join(folder, 'usb')}. Create it, then run this again.`,
  );
});
