import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { getTableName } from 'drizzle-orm';
import { getTableConfig, type SQLiteColumn, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { afterAll, expect, test } from 'vitest';
import { cleanup } from '../../../../src/jobs/cleanup.ts';
import * as schema from '../../../../src/store/schema.ts';
import { openSqlite } from '../../../../src/store/sqlite.ts';
import { createWorld } from '../../../support/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-purge-'));
afterAll(() => rmSync(folder, { recursive: true }));

const tables = Object.values(schema).flatMap((each) =>
  typeof each === 'object' && each !== null ? [each as SQLiteTable] : [],
);

/** Rows of these say nothing of a team or of its people. */
const OF_NOBODY = ['examiner_cards', 'item_ratings', 'known_before', 'saved_commands'];

/** How the rows of a team are named, where something else than a link says whose they are. */
const IDS: Record<string, string> = {
  'accounts.id': 'slack:T1/U1',
  'workspaces.id': 'slack:T1',
  'slack_installations.id': 'slack:T1',
};

/** Nothing goes because of its age. */
const MUCH_LATER = Date.parse('2030-01-01T00:00:00Z');

/** A row of every table, all of one team: every link leads to the row of its table. */
function fillEveryTable(file: string): void {
  const sqlite = new Sqlite(file);
  sqlite.pragma('foreign_keys = on');
  const keys = new Map<string, unknown>();
  for (const table of tables) {
    const name = getTableName(table);
    const { columns, foreignKeys } = getTableConfig(table);
    const linked = new Map(
      foreignKeys.map((key) => {
        const { columns, foreignTable } = key.reference();
        return [columns[0]?.name, keys.get(getTableName(foreignTable))] as const;
      }),
    );
    const filled = (column: SQLiteColumn) =>
      IDS[`${name}.${column.name}`] ??
      linked.get(column.name) ??
      (/at$|until$/.test(column.name) ? MUCH_LATER : undefined) ??
      (column.getSQLType().startsWith('text') ? `${name}-1` : 1);
    const values = columns.map(filled);
    const names = columns.map(({ name: column }) => `"${column}"`).join(', ');
    const marks = columns.map(() => '?').join(', ');
    sqlite.prepare(`insert into ${name} (${names}) values (${marks})`).run(...values);
    keys.set(name, values[0]);
  }
  sqlite.exec('update workspaces set left_at = null, stopped_at = null');
  sqlite.close();
}

const countRows = (file: string) => {
  const sqlite = new Sqlite(file, { readonly: true });
  const counts = tables.map((table) => {
    const name = getTableName(table);
    return [name, sqlite.prepare(`select count(*) from ${name}`).pluck().get()] as const;
  });
  sqlite.close();
  return counts;
};

test('thirty days after the bot was removed no table has a row of the team or of its people', async () => {
  const file = join(folder, 'all.db');
  openSqlite(`file:${file}`).close();
  fillEveryTable(file);
  const world = createWorld({ url: `file:${file}`, platform: 'slack' });

  await world.bot.left('slack:T1');
  world.clock.moveTo(new Date('2026-03-31T08:00:00Z'));
  await cleanup.run(world.context);
  expect(countRows(file).filter(([, count]) => !count)).toEqual([]);
  world.clock.moveTo(new Date('2026-04-02T08:00:00Z'));
  await cleanup.run(world.context);

  expect(countRows(file).filter(([name, count]) => count && !OF_NOBODY.includes(name))).toEqual([]);
  world.close();
});
