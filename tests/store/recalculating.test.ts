import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
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
