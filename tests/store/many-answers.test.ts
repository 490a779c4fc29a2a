import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import type { Store } from '../../src/queries.ts';
import { bringUpToDate, recalculateIn, storeOn } from '../../src/store/postgres.ts';
import type { NewOutboxRow, Post } from '../../src/store/schema.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { singleItem } from '../support/items.ts';
import { meterTurns } from '../support/loop-meter.ts';
import { poolOf } from '../support/pglite.ts';

const PEOPLE = 10_000;
/** More points than one slice holds; all with `WHOLE=1`, since PGlite takes ten times as long. */
const ON_POSTGRES = process.env['WHOLE'] ? PEOPLE : 1_800;
const AT = new Date('2026-03-02T09:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'warmup-many-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Everyone answers post 1 once: a third a (wrong), a third b (right, 20 points or 80 quarters), a third c (wrong). */
const ANSWERS = (people: number) =>
  [
    "insert into people (id, name, created_at) select 'p' || i, 'Person', posts.due_at from n, posts",
    "insert into accounts (id, person_id) select 'slack:T1/' || id, id from people where id <> 'keeper'",
    `insert into attempts (post_id, person_id, try, answer, is_right, share, at)
   select 1, 'p' || i, 1, substr('abc', 1 + i % 3, 1), i % 3 = 1, case when i % 3 = 1 then 1000 else 0 end, due_at from n, posts`,
    `insert into ledger (key, team_id, person_id, post_id, quarters, reason, at)
   select 'answer:1:p' || i || ':1', 'team', 'p' || i, 1, 80, 'first try', due_at from n, posts where i % 3 = 1`,
  ].map((statement) =>
    statement.replace(
      'select',
      `with recursive n(i) as (select 10000 union all select i + 1 from n where i < ${9_999 + people}) select`,
    ),
  );

type Opened = {
  store: Store;
  run(sql: string): unknown;
  recalculate(): Promise<unknown> | unknown;
};

async function onSqlite(file: string): Promise<Opened> {
  const { store, recalculate } = openSqlite(`file:${file}`);
  const sqlite = new Sqlite(file);
  return { store, run: (sql) => sqlite.exec(sql), recalculate };
}

async function onPostgres(): Promise<Opened> {
  const pool = poolOf(await PGlite.create());
  await bringUpToDate(pool);
  const store = storeOn(pool, { answerKey: 'the key of the tests', onFailure: () => {} });
  return { store, run: (sql) => pool.query(sql), recalculate: () => recalculateIn(pool) };
}

/** A closed question that so many people answered. */
async function answered({ store, run, recalculate }: Opened, people = PEOPLE): Promise<Post> {
  const workspace = { workspace: 'slack:T1', workspaceName: 'T1' };
  const keeper = { account: 'slack:T1/keeper', name: 'keeper', newPersonId: 'keeper' };
  await store.meet({ ...workspace, ...keeper, newTeamId: 'team', at: AT });
  const schedule = await store.addSchedule({
    teamId: 'team',
    platform: 'slack',
    channel: 'c0',
    time: '09:00',
    zone: 'UTC',
    days: '1234567',
    mix: { difficulties: [], chapters: [] },
    state: 'on',
    daysOff: [],
    startsOn: '2026-03-02',
    createdAt: AT,
  });
  if (!schedule) throw new Error('No schedule');
  const slot = { schedule, day: '2026-03-02', state: 'claimed', dueAt: AT } as const;
  await store.claimSlot({ ...slot, question: singleItem('q1'), announce: () => [] });
  await store.provePosted({ postId: 1, channel: 'c0', message: 'm0', at: AT, closesAt: AT });
  for (const statement of ANSWERS(people)) await run(statement);
  await recalculate();
  await store.closePost(1, AT, []);
  const post = await store.post(1);
  if (!post) throw new Error('No post');
  return post;
}

/** A message to each of them, which says what happened. */
const told = (accounts: Map<string, string>, what: string) => (people: string[]) =>
  people.map(
    (personId): NewOutboxRow => ({
      key: `${what}:${personId}`,
      teamId: 'team',
      platform: 'slack',
      personId,
      what: 'notice',
      outgoing: {
        kind: 'direct',
        account: accounts.get(personId) ?? '',
        reply: { blocks: [] },
        key: `${what}:${personId}`,
      },
      state: 'due',
      dueAt: AT,
      at: AT,
    }),
  );

/** What three of the people have, who answered a, b and c; and how many messages wait. */
async function state(store: Store) {
  const points = async (personId: string) => (await store.standing('team', personId))?.quarters;
  const week = { period: 'week', startsOn: '2026-03-02' } as const;
  const board = await store.sumBoard('team', week, { limit: PEOPLE, personId: 'nobody' });
  const due = await store.leaseDue({ at: AT, lease: 'l', leaseUntil: AT, limit: 2 * PEOPLE });
  return {
    // i % 3 of 10000, 10001 and 10002 is 1, 2 and 0: b, c and a.
    points: await Promise.all(['p10002', 'p10000', 'p10001'].map(points)),
    inWeek: board.filter(({ quarters }) => quarters > 0).length,
    told: new Set(due.map(({ personId }) => personId)).size,
  };
}

test.each([
  {
    name: 'SQLite',
    open: () => onSqlite(join(folder, 'all.db')),
    people: PEOPLE,
  },
  { name: 'PostgreSQL', open: onPostgres, people: ON_POSTGRES },
])(
  '$people answers are withdrawn, brought back and corrected on $name',
  async ({ open, people }) => {
    const [b, c] = [Math.ceil(people / 3), Math.round(people / 3)];
    const opened = await open();
    const { store, recalculate } = opened;
    const post = await answered(opened, people);
    const accounts = await store.accountsAnswered(post);
    expect(await state(store)).toEqual({ points: [0, 80, 0], inWeek: b, told: 0 });

    await store.withdrawPost({
      postId: 1,
      note: 'wrong',
      at: AT,
      rows: told(accounts, 'withdrawn'),
    });
    expect(await state(store)).toEqual({ points: [0, 0, 0], inWeek: 0, told: people });
    expect(await recalculate()).toEqual({ standings: 0, sums: 0 });

    await store.restorePost({ postId: 1, at: AT, rows: told(accounts, 'restored') });
    expect(await state(store)).toEqual({ points: [0, 80, 0], inWeek: b, told: people });
    expect(await recalculate()).toEqual({ standings: 0, sums: 0 });

    const { check } = meterTurns();
    const affected = await store.correctPost({
      postId: 1,
      question: singleItem('q1', { version: 2 }),
      check: (answer) => Number(answer === 'c'),
      note: 'c is right',
      at: AT,
      rows: (changes) => told(accounts, 'corrected')(changes.map(({ personId }) => personId)),
    });
    check();
    // Those who answered b lose 80 quarters, and those who answered c get them.
    expect(affected).toHaveLength(b + c);
    expect(await state(store)).toEqual({ points: [0, 0, 80], inWeek: c, told: b + c });
    expect(await recalculate()).toEqual({ standings: 0, sums: 0 });
  },
  300_000,
);

test('a crash in the middle of a withdrawal leaves all as it was, and nobody reads a half', async () => {
  const file = join(folder, 'crash.db');
  const opened = await onSqlite(file);
  const { store } = opened;
  const accounts = await store.accountsAnswered(await answered(opened));
  const reads: unknown[] = [];
  let slices = 0;
  const rows = (people: string[]) => {
    slices += 1;
    if (slices === 50) {
      for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, join(folder, `died.db${end}`));
      reads.push(store.post(1).then((post) => post?.state));
    }
    return told(accounts, 'withdrawn')(people);
  };

  await store.withdrawPost({ postId: 1, note: 'wrong', at: AT, rows });

  expect(await Promise.all(reads)).toEqual(['posted']);
  const { store: after, recalculate, close } = openSqlite(`file:${join(folder, 'died.db')}`);
  expect(await state(after)).toEqual({ points: [0, 80, 0], inWeek: 3334, told: 0 });
  expect(recalculate()).toEqual({ standings: 0, sums: 0 });
  close();
  expect(await state(store)).toEqual({ points: [0, 0, 0], inWeek: 0, told: PEOPLE });
});

test('10,000 people who are level win a season together', async () => {
  const opened = await onSqlite(join(folder, 'level.db'));
  await answered(opened);
  await opened.run(
    `insert into ledger (key, team_id, person_id, post_id, quarters, reason, at)
     select 'level:' || person_id, 'team', person_id, 1, 80, 'first try', at from attempts where not is_right`,
  );

  await opened.store.endSeason('team', new Date('2026-04-01T09:00:00Z'));

  expect(await opened.store.badgesOf('team', 2 * PEOPLE)).toHaveLength(PEOPLE);
});
