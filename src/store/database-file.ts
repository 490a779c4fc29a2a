import Sqlite from 'better-sqlite3';
import { hasSmallSchema } from './small-schema.ts';

/** A database that somebody attached may hold this much; the whole bank takes a tenth. */
export const MAX_BYTES = 32 * 1024 * 1024;
/** As many rows are read of a table. */
export const MAX_ROWS = 5_000;
const MAX_VALUE = 200_000;

/** A new database with these rows, as the bytes of its file. */
export function writeDatabase(
  schema: string,
  tables: Readonly<Record<string, readonly Record<string, string | number>[]>>,
): Uint8Array {
  const sqlite = new Sqlite(':memory:');
  try {
    sqlite.exec(schema);
    sqlite.transaction(() => {
      for (const [table, rows] of Object.entries(tables)) {
        const columns = Object.keys(rows[0] ?? {});
        if (columns.length === 0) continue;
        const insert = sqlite.prepare(
          `insert into ${table} (${columns.join(', ')}) values (${columns.map((name) => `@${name}`).join(', ')})`,
        );
        for (const row of rows) insert.run(row);
      }
    })();
    return sqlite.serialize();
  } finally {
    sqlite.close();
  }
}

/** What a column holds, or why it cannot be read. */
type Read = { values: string[] } | { problem: 'damaged' | 'no-table' | 'too-many' };

/** The texts of a column of a database that somebody attached; those that are too long are left out. */
export function readColumn(file: Uint8Array, at: { table: string; column: string }): Read {
  if (!hasSmallSchema(file)) return { problem: 'damaged' };
  let sqlite: Sqlite.Database | undefined;
  try {
    sqlite = new Sqlite(withoutWal(file));
    sqlite.pragma('trusted_schema = off');
    sqlite.pragma('query_only = on');
    return valuesIn(sqlite, at);
  } catch (error) {
    if (!(error instanceof Sqlite.SqliteError)) throw error;
    return { problem: 'damaged' };
  } finally {
    sqlite?.close();
  }
}

/** A database in memory has no write-ahead log: its two version bytes must say so. */
function withoutWal(file: Uint8Array): Buffer {
  const copy = Buffer.from(file);
  if (copy.length > 20) copy.fill(1, 18, 20);
  return copy;
}

/** Only a plain table is read: a view or a computed column could work for ever. */
function valuesIn(
  sqlite: Sqlite.Database,
  { table, column }: { table: string; column: string },
): Read {
  const sql = sqlite
    .prepare("select sql from sqlite_master where type = 'table' and name = ?")
    .pluck()
    .get(table);
  const columns = sqlite.prepare('select name, hidden from pragma_table_xinfo(?)').all(table);
  const isPlain =
    typeof sql === 'string' &&
    !/^\s*create\s+virtual/i.test(sql) &&
    // better-sqlite3 types a row as unknown.
    (columns as { hidden: number }[]).every(({ hidden }) => hidden === 0);
  if (!isPlain) return { problem: 'no-table' };
  // Row by row and without a condition: SQLite itself cannot be stopped in the middle of a search.
  const rows = sqlite
    .prepare(
      `select case when length(${column}) <= ? then ${column} end from ${table} order by rowid`,
    )
    .pluck()
    .iterate(MAX_VALUE);
  const values: string[] = [];
  let seen = 0;
  let characters = 0;
  for (const value of rows) {
    seen += 1;
    if (seen > MAX_ROWS) return { problem: 'too-many' };
    if (value === null) continue;
    const text = String(value);
    characters += text.length;
    if (characters > MAX_BYTES) return { problem: 'damaged' };
    values.push(text);
  }
  return { values };
}
