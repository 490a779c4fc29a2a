import { spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { type Column, getTableColumns, getTableName } from 'drizzle-orm';
import { drizzle as drizzleSqlite } from 'drizzle-orm/better-sqlite3';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { Store } from '../../src/queries.ts';
import type { Database, Tables } from '../../src/store/connection.ts';
import { type OpenStore, openStore } from '../../src/store/open.ts';
import { linksOf } from '../../src/store/queries/columns.ts';
import * as postgresTables from '../../src/store/schema.pg.ts';
import * as sqliteTables from '../../src/store/schema.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { attemptOf, singleItem } from '../support/items.ts';
import { startPostgres } from '../support/postgres-server.ts';

const KEY = 'the key of the tests';
const PEOPLE = 100;
const POSTS = 60;
const at = new Date('2026-03-02T12:00:00Z');
const later = new Date('2026-03-03T12:00:00Z');

const folder = mkdtempSync(join(tmpdir(), 'warmup-moving-'));
let server: Awaited<ReturnType<typeof startPostgres>>;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => {
  server.stop();
  rmSync(folder, { recursive: true });
});

const open = (url: string): Promise<OpenStore> =>
  openStore(url, {
    clock: { now: () => at },
    elapsedMs: () => performance.now(),
    answerKey: KEY,
  });

/** Runs the tool as its operator types it, while this process goes on. */
function move(url: string, file: string, ...words: string[]) {
  const tool = 'dist/tools/migrate-to-postgres.js';
  const child = spawn(process.execPath, [tool, '--from', file, ...words], {
    env: { PATH: process.env['PATH'], DATABASE_URL: url, ANSWER_KEY: KEY },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, said })),
  );
  return {
    ended,
    kill: () => child.kill('SIGKILL'),
    /** Resolves when it has said so, or has ended. */
    says: (words: string) =>
      Promise.race([
        ended,
        new Promise<void>((resolve) =>
          child.stdout.on('data', () => said.includes(words) && resolve()),
        ),
      ]),
  };
}

/** What a column holds in the first or second row of its table: something of its kind, or nothing in the second. */
function valueIn(table: SQLiteTable, column: Column, row: 1 | 2): unknown {
  const link = linksOf(sqliteTables as Tables, table).find((each) => each.column === column);
  if (row === 2 && !column.notNull && !column.primary) return null;
  if (link) return valueIn(link.to, link.key, row);
  const text = `${column.name} ${row}: “ä”, it's \\ {x,"y"}\n`;
  const isText = column.getSQLType() === 'text';
  switch (column.columnType) {
    case 'SQLiteTextJson':
      return JSON.stringify({ z: text, a: [row, null, 0.1], cut: '\ud83d', none: '\0' });
    case 'SQLiteBoolean':
      return row - 1;
    case 'SQLiteTimestamp':
      return at.getTime() + row;
    case 'SQLiteReal':
      return row / 3;
    case 'SQLiteCustomColumn':
      return isText ? JSON.stringify([{ code: text }]) : 20_000 + row;
    default:
      return isText ? text : row;
  }
}

/** Two rows of every table: one with something in each column, and one with what it must have. */
function fillEach(sqlite: Sqlite.Database): void {
  sqlite.pragma('foreign_keys = off');
  for (const table of Object.values<SQLiteTable>(sqliteTables as Tables))
    for (const row of [1, 2] as const) {
      const columns = Object.values(getTableColumns(table));
      const names = columns.map(({ name }) => `"${name}"`).join(', ');
      sqlite
        .prepare(
          `insert into ${getTableName(table)} (${names}) values (${columns.map(() => '?').join(', ')})`,
        )
        .run(columns.map((column) => valueIn(table, column, row)));
    }
  sqlite.pragma('foreign_keys = on');
}

/** Two months of a team in which everybody answered every question. */
function fillTeam(sqlite: Sqlite.Database, scheduleId: number): void {
  const question = JSON.stringify(singleItem('q1', { chapter: 4 }));
  const count = (to: number) =>
    `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${to})`;
  const day = 86_400_000;
  const start = Date.parse('2025-12-31T09:00:00Z');
  sqlite.exec(`
    ${count(PEOPLE)} insert into people (id, name, created_at) select 'p' || i, 'name ' || i, i from n;
    insert into accounts select 'slack:T1/' || id, id from people where id like 'p%';
    insert into memberships (person_id, workspace_id) select id, 'slack:T1' from people where id like 'p%';
    ${count(POSTS)} insert into posts (schedule_id, team_id, day, state, question, question_id, chapter, platform, channel,
        due_at, posted_at, closes_at, closed_at, closed_on)
      select ${scheduleId}, 't', date('2025-12-31', '+' || i || ' days'), 'posted', '${question}', 'q1', 4, 'slack', 'c',
        ${start} + i * ${day}, ${start} + i * ${day}, ${start} + i * ${day}, ${start} + i * ${day},
        date('2025-12-31', '+' || i || ' days') from n;
    insert into attempts select posts.id, people.id, 1, 'b', (posts.id + length(people.id)) % 3 = 0, 1000, ${start}
      from posts, people where team_id = 't' and people.id like 'p%';
    insert into ledger (key, team_id, person_id, post_id, quarters, reason, at)
      select 'answer:' || post_id || ':' || person_id || ':1', 't', person_id, post_id,
        (post_id * 7 + length(person_id) + substr(person_id, 2)) % 80, 'first try', ${start}
      from attempts where person_id like 'p%';
    insert into outbox (key, team_id, platform, what, post_id, outgoing, state, due_at, at)
      select 'question:' || id, 't', 'slack', 'question', id,
        '{"kind":"post","channel":"c","key":"k","reply":{"blocks":[]}}', 'due', 0, 0 from posts where team_id = 't';
    ${count(20)} insert into cards (person_id, card, state, due_on, stability, difficulty, reviewed_on)
      select id, 'q' || i, 'active', 20000 + i, i / 7.0, 5.1, 20000 from n, people where id like 'p%';
    insert into card_steps (person_id, card, key, what, share, at)
      select person_id, card, 'post ' || card, 'good', 1000, 5 from cards where person_id like 'p%';
    insert into interviews (team_id, person_id, platform, origin, channel, plan, state, created_at, touched_at, score)
      select 't', id, 'slack', 'c', 'c', '{"level":"hard"}', 'ended', 0, 0, 750 from people where id like 'p%';
    ${count(5)} insert into turns select id, i, '{"kind":"answer","text":"it''s"}', i from n, interviews where team_id = 't';
  `);
}

/** A bot with all of that, one question that is open, and a slot that was missed, which has the highest number. */
async function playedBot(file: string) {
  const bot = await open(`file:${file}`);
  const sqlite = new Sqlite(file);
  fillEach(sqlite);
  await bot.store.meet({
    ...{ account: 'slack:T1/keeper', name: 'keeper', workspace: 'slack:T1', workspaceName: 'T' },
    ...{ newPersonId: 'keeper', newTeamId: 't', at },
  });
  const add = (time: string) =>
    bot.store.addSchedule({
      ...{ teamId: 't', platform: 'slack', channel: 'c', time, zone: 'UTC', days: '1234567' },
      mix: { difficulties: [], chapters: [] },
      ...{ state: 'on', daysOff: [], startsOn: '2026-03-02', createdAt: at },
    });
  const [schedule, other] = [await add('09:00'), await add('10:00')];
  if (!schedule || !other) throw new Error('No schedule');
  sqlite.transaction(() => fillTeam(sqlite, schedule.id))();
  sqlite.close();
  await bot.recalculate();
  const slot = { schedule, dueAt: at, announce: () => [] };
  const question = singleItem('q2');
  const asked = await bot.store.claimSlot({
    ...slot,
    ...{ day: '2026-03-02', state: 'claimed', question },
  });
  if (asked === undefined) throw new Error('No post');
  await bot.store.provePosted({
    ...{ postId: asked, channel: 'c', message: 'm1', at, closesAt: later },
  });
  const missed = await bot.store.claimSlot({
    ...slot,
    ...{ day: '2026-03-04', state: 'missed', dueAt: new Date('2026-03-04T09:00:00Z') },
  });
  if (missed === undefined) throw new Error('No slot');
  return { ...bot, schedule, other, asked, missed };
}

type Bot = Awaited<ReturnType<typeof playedBot>>;

const answer = ({ store }: Pick<Bot, 'store'>, postId: number, personId: string) =>
  store.recordAttempt(attemptOf({ postId, personId, at }));

/** What people and the bot do between the first run and the second. */
async function goOn(bot: Bot, file: string): Promise<void> {
  const { store, schedule, other, asked } = bot;
  for (let person = 1; person <= 30; person += 1) await answer(bot, asked, `p${person}`);
  await store.correctPost({
    ...{ postId: 10, question: singleItem('q1', { chapter: 6 }), note: 'wrong key' },
    ...{ check: () => 0, at, rows: () => [] },
  });
  await store.forget('p7', { at });
  await store.hide('p8', true);
  await store.releaseMissed(schedule.id, at);
  // Each takes the place of the other.
  await store.changeSchedule(schedule.id, { time: '11:00' });
  await store.changeSchedule(other.id, { time: '09:00' });
  await store.changeSchedule(schedule.id, { time: '10:00' });
  const sqlite = new Sqlite(file, { timeout: 5000 });
  sqlite.exec(`
    update outbox set state = 'sent', message = 'm2' where key like 'question:%' and state = 'due';
    delete from cards where person_id = 'p9';
    delete from interviews where person_id = 'p10';
  `);
  sqlite.close();
}

/** Every row of every table, as the bot reads it. */
async function rowsOf(db: Pick<Database, 'select'>, tables: Tables) {
  const rows: Record<string, string[]> = {};
  for (const table of Object.values<SQLiteTable>(tables)) {
    const found = await db.select().from(table);
    rows[getTableName(table)] = found.map((row) => JSON.stringify(row)).sort();
  }
  return rows;
}

function rowsInFile(file: string) {
  const sqlite = new Sqlite(file, { readonly: true });
  return rowsOf(drizzleSqlite({ client: sqlite }), sqliteTables).finally(() => sqlite.close());
}

const boardsOf = async (store: Store) => ({
  top: await store.topOf('t', 20),
  mine: await store.standing('t', 'p30'),
  week: await store.sumBoard('t', { period: 'week', startsOn: '2026-01-12' }, shown),
  month: await store.sumBoard('t', { period: 'month', startsOn: '2026-02-01' }, shown),
  chapter: await store.sumBoard(
    't',
    { period: 'season', startsOn: '2026-01-01', chapter: 6 },
    shown,
  ),
  season: await store.seasonBoard('t', shown),
  totals: await store.totals('t', shown),
  lines: await store.linesInWindow('t', 'p30'),
});
const shown = { limit: 10, personId: 'p30' };

test('a team moves from a file to PostgreSQL with every row, whatever breaks off and is written meanwhile', async () => {
  const file = join(folder, 'team.db');
  const url = await server.createDatabase('moved');
  const pool = new pg.Pool({ connectionString: url });
  onTestFinished(() => pool.end());
  const bot = await playedBot(file);

  // Killed in the middle, then without a connection, then whole; the bot goes on.
  await (await open(url)).close();
  const locker = await pool.connect();
  await locker.query('begin; lock table cards in share row exclusive mode');
  const killed = move(url, file);
  await killed.says('card_steps: ');
  killed.kill();
  await killed.ended;
  const half = await pool.query('select name from moving');
  await locker.query('rollback');
  locker.release();
  await pool.query(`
    create function break_off() returns trigger language plpgsql as
      'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
    create trigger break_off before insert on ledger for each statement execute function break_off();
  `);
  const lost = move(url, file);
  await lost.says('cards: ');
  const writing = goOn(bot, file);
  const broken = await lost.ended;
  await pool.query('drop function break_off cascade');
  const copied = await move(url, file).ended;
  await writing;
  const inUse = await move(url, file, '--switch').ended;
  await answer(bot, bot.asked, 'p31');
  const boards = await boardsOf(bot.store);
  await bot.close();
  const switched = await move(url, file, '--switch').ended;

  const names = half.rows.map(({ name }) => name);
  expect(names).toContain('people');
  expect(names).not.toContain('cards');
  expect(broken).toMatchObject({ code: 1 });
  expect(broken.said).toMatch(/^The connection to PostgreSQL broke off\. Run this again/m);
  expect(broken.said).not.toMatch(/insert into|\n {4}at /);
  expect(copied).toMatchObject({ code: 0, said: expect.stringContaining('Copied.') });
  expect(inUse).toMatchObject({ code: 1, said: expect.stringContaining('team.db is in use') });
  expect(switched).toMatchObject({ code: 0, said: expect.stringContaining('Every row is there') });
  expect(existsSync(`${file}.moving`)).toBe(false);
  // The one seam of the store: the builders of both have the same methods.
  const db = drizzlePostgres({ client: pool }) as unknown as Database;
  const moved = await rowsOf(db, postgresTables);
  expect(moved).toEqual(await rowsInFile(file));
  expect(moved['attempts']?.length).toBeGreaterThan(PEOPLE * (POSTS - 1));
  expect(JSON.stringify(moved)).not.toContain('"p7"');

  const onPostgres = await open(url);
  expect(await boardsOf(onPostgres.store)).toEqual(boards);
  expect(boards.week.length * boards.month.length * boards.chapter.length).toBeGreaterThan(0);
  expect(await onPostgres.recalculate()).toEqual({ standings: 0, sums: 0 });
  // A button of what was deleted must not become one of what is new.
  const next = await onPostgres.store.claimSlot({
    ...{ schedule: bot.schedule, day: '2026-03-05', state: 'claimed', dueAt: later },
    ...{ question: singleItem('q3'), announce: () => [] },
  });
  expect(next).toBe(bot.missed + 1);
  expect(await answer(onPostgres, bot.asked, 'p32')).toMatchObject({ kind: 'recorded' });
  await onPostgres.close();

  // Somebody runs it once more, or it was killed when all but its own copy was done.
  const goesOn = await rowsOf(db, postgresTables);
  const again = await move(url, file).ended;
  copyFileSync(file, `${file}.moving`);
  const twice = [await move(url, file).ended, await move(url, file, '--switch').ended];
  for (const refused of [again, ...twice])
    expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('already has people') });
  expect(await rowsOf(db, postgresTables)).toEqual(goesOn);
});

test('a file that another version wrote is refused', async () => {
  const file = join(folder, 'other.db');
  openSqlite(`file:${file}`).close();
  const sqlite = new Sqlite(file);
  sqlite.exec("insert into __drizzle_migrations (hash, created_at) values ('x', 9e15)");
  sqlite.close();
  const refused = await move(await server.createDatabase('old'), file).ended;
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('another version') });
});
