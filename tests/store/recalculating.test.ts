import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import { singleItem } from '../support/items.ts';
import { databaseBefore } from '../support/old-database.ts';
import { createWorld } from '../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-recalculating-'));
afterAll(() => rmSync(folder, { recursive: true }));

const FIRST = { limit: 10, personId: '' };

test('sums that differ from the ledger are counted and repaired', async () => {
  const file = join(folder, 'wrong.db');
  const world = createWorld({ url: `file:${file}` });
  await world.setUp('time:09:00 zone:UTC');
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 try:1 choice:b');
  await world.ask('answer 1 try:1 choice:a', { as: 'bo' });
  await world.comeTo('2026-03-03T08:00:00Z');
  const team = await world.teamId();
  const boards = async () => [
    await world.store.topOf(team, 10),
    await world.store.totals(team, FIRST),
    await world.store.sumBoard(team, { period: 'week', startsOn: '2026-03-02' }, FIRST),
    await world.store.sumBoard(team, { period: 'month', startsOn: '2026-03-01' }, FIRST),
  ];
  const right = await boards();
  world.close();

  const sqlite = new Sqlite(file);
  sqlite.exec(`
    update standings set answered = answered + 1, quarters = 1;
    update sums set quarters = 7 where period = 'week';
    delete from sums where period = 'month';
  `);
  sqlite.close();
  const again = createWorld({ url: `file:${file}` });
  const { recalculate, close } = openSqlite(`file:${file}`);

  expect(right.map((board) => board.length)).toEqual([2, 2, 1, 1]);
  expect(recalculate()).toEqual({ standings: 2, sums: 2 });
  expect(recalculate()).toEqual({ standings: 0, sums: 0 });
  expect(await again.store.totals(team, FIRST)).toEqual(right[1]);
  expect(await again.store.topOf(team, 10)).toEqual(right[0]);
  again.close();
  close();
});

test('a database of a version without sums has them after its first start', async () => {
  const { file, sqlite } = databaseBefore('0015_kept-sums', folder);
  const question = JSON.stringify(singleItem('q1', { chapter: 4 }));
  const closed = Date.parse('2026-03-01T16:00:00Z');
  sqlite.exec(`
    insert into people (id, name, created_at) values ('ana', 'ana', 0), ('bo', 'bo', 0);
    insert into teams (id, name, zone, created_at) values ('team', 'Team', 'Asia/Tokyo', 0);
    insert into workspaces (id, team_id) values ('slack:T1', 'team');
    insert into schedules (team_id, platform, channel, time, zone, days, mix, state, days_off, starts_on, created_at)
      values ('team', 'slack', 'c', '09:00', 'UTC', '1', '{}', 'on', '[]', '2026-01-01', 0);
    insert into posts (schedule_id, team_id, day, state, question, platform, channel, due_at, posted_at, closed_at)
      values (1, 'team', '2026-02-28', 'posted', '${question}', 'slack', 'c', 0, 0, ${closed});
    insert into attempts values (1, 'ana', 1, 'b', 1, 1000, 0), (1, 'bo', 1, 'a', 0, 0, 0);
    insert into ledger (key, team_id, person_id, post_id, quarters, reason, at)
      values ('a', 'team', 'ana', 1, 40, 'first try', 0);
    insert into standings (team_id, person_id, quarters) values ('team', 'ana', 40), ('team', 'bo', 0);
    pragma user_version = 1;
  `);
  sqlite.close();

  const { store, recalculate, close } = openSqlite(`file:${file}`);

  // In Tokyo it was a Monday, the 2nd of March.
  const ana = { personId: 'ana', name: 'ana', quarters: 40, rank: 1 };
  const board = await store.sumBoard('team', { period: 'week', startsOn: '2026-03-02' }, FIRST);
  expect(board).toEqual([ana]);
  expect(await store.totals('team', FIRST)).toEqual([
    { personId: 'ana', name: 'ana', answered: 1, firstTry: 1 },
    { personId: 'bo', name: 'bo', answered: 1, firstTry: 0 },
  ]);
  expect(await store.firstTries('team', 'ana')).toEqual([{ chapter: 4, answered: 1, right: 1 }]);
  expect(await store.dueSchedules(new Date(1))).toEqual([1]);
  expect(recalculate()).toEqual({ standings: 0, sums: 0 });
  close();
});
