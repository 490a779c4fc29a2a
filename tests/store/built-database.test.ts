import Sqlite from 'better-sqlite3';
import { expect, test } from 'vitest';
import { BUILT_DATABASE } from '../../src/paths.ts';
import { migratedDatabase } from '../../src/store/sqlite.ts';

/** Everything that a database holds: its tables and indexes, its settings, and each row of each table. */
function contents(file: Buffer | string): unknown {
  const sqlite = new Sqlite(file);
  const schema = sqlite
    .prepare<[], { type: string; name: string; sql: string | null }>(
      'select type, name, sql from sqlite_master order by type, name',
    )
    .all();
  const tables = schema.filter(({ type }) => type === 'table');
  const rows = tables.map(({ name }) => [name, sqlite.prepare(`select * from "${name}"`).all()]);
  const settings = ['user_version', 'application_id', 'encoding', 'auto_vacuum', 'page_size'];
  const read = settings.map((name) => sqlite.pragma(name, { simple: true }));
  sqlite.close();
  return { schema, rows, read };
}

test('the database that is shipped is what the migrations make', () => {
  expect(contents(BUILT_DATABASE)).toEqual(contents(migratedDatabase()));
});
