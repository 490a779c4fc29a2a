import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { MIGRATIONS } from '../paths.ts';
import { DatabaseError } from './database-error.ts';

/** How a database compares with the migrations of this version; one that began with another first migration is foreign. */
export type SchemaAge = 'none' | 'foreign' | 'older' | 'current' | 'newer';

/** What stays of the database as it was before it was migrated. */
export const copyBeforeUpgrade = (path: string) => `${path}.before-upgrade`;

/** After that, people whose data was deleted meanwhile are in no copy either. */
const KEEP_MS = 14 * 24 * 3_600_000;

export function schemaAge(sqlite: Sqlite.Database): SchemaAge {
  const known = sqlite
    .prepare("select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .get();
  if (!known) return 'none';
  // better-sqlite3 types a row as unknown.
  const applied = sqlite
    .prepare('select min(created_at) as first, max(created_at) as latest from __drizzle_migrations')
    .get() as Applied;
  return ageOf(applied, MIGRATIONS);
}

/** When the first and the latest migration of a database were made; null in one without any. */
export type Applied = { first: number | null; latest: number | null };

/** Compares what was applied with a folder of migrations. */
export function ageOf({ first, latest }: Applied, migrationsFolder: string): SchemaAge {
  if (first === null) return 'none';
  const known = readMigrationFiles({ migrationsFolder }).map((each) => each.folderMillis);
  if (Number(first) !== known[0]) return 'foreign';
  const newest = Math.max(...known);
  if (Number(latest) === newest) return 'current';
  return Number(latest) > newest ? 'newer' : 'older';
}

/** What drizzle makes before the first migration. */
const DRIZZLE_TABLE =
  'CREATE TABLE "__drizzle_migrations" ( id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric )';

/** Tables that may be there besides: those of Litestream and of ANALYZE. */
const ADDED_TABLES = `
  CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER);
  CREATE TABLE _litestream_lock (id INTEGER);
  ANALYZE`;

/** So many differences tell an operator enough. */
const MAX_PROBLEMS = 5;

/**
 * How a schema differs from that of every version, in words. It reads only the list of tables: a foreign view,
 * trigger, or computed column would run as soon as anything else is read or written.
 *
 * @throws DatabaseError for one of another version.
 */
export function schemaProblems(sqlite: Sqlite.Database): string[] {
  const found = schemaOf(sqlite);
  const made = new Sqlite(':memory:');
  try {
    made.exec(ADDED_TABLES);
    const added = schemaOf(made);
    made.exec(DRIZZLE_TABLE);
    const isDrizzles = [...schemaOf(made).keys()].every((key) => added.has(key) || found.has(key));
    if (isDrizzles) ageOfOurs(sqlite, sqlite.name);
    let nearest: string[] | undefined;
    for (const { sql } of readMigrationFiles({ migrationsFolder: MIGRATIONS })) {
      made.exec(sql.join('\n'));
      const problems = differences(found, schemaOf(made), added);
      if (!nearest || problems.length < nearest.length) nearest = problems;
    }
    return (nearest ?? []).slice(0, MAX_PROBLEMS);
  } finally {
    made.close();
  }
}

/** Names of what a schema holds, by all that SQLite keeps of each. */
type Schema = ReadonlyMap<string, string>;

function schemaOf(sqlite: Sqlite.Database): Schema {
  // What has no statement belongs to a table, whose statement says it.
  const rows = sqlite
    .prepare<[], { type: string; name: string; tbl_name: string; sql: string }>(
      'select type, name, tbl_name, cast(sql as text) as sql from sqlite_master where sql is not null',
    )
    .all();
  return new Map(
    rows.map((row) => [
      JSON.stringify({ ...row, sql: row.sql.replace(/\s+/g, ' ') }),
      `the ${row.type} ${row.name}`.replace(/\p{C}/gu, '?'),
    ]),
  );
}

/** What isn't in the made schema, and then what is only there; the added tables may be missing. */
function differences(found: Schema, made: Schema, added: Schema): string[] {
  const foreign = [...found].flatMap(([key, name]) => (made.has(key) ? [] : [name]));
  const missing = [...made].flatMap(([key, name]) =>
    found.has(key) || added.has(key) || foreign.includes(name) ? [] : [name],
  );
  return [
    ...foreign.map((name) => `${name} isn't Warmup's`),
    ...missing.map((name) => `${name} is missing`),
  ];
}

/** Why an older program does not write into a newer database. */
export const ofNewer = (name: string, place: 'file' | 'database') =>
  `${name} was written by a newer version of Warmup. Run that version, or set DATABASE_URL to another ${place}.`;

/** Why this version does not write into a database that no migration comes from. */
export const ofBefore = (name: string, place: 'file' | 'database') =>
  `${name} was written by Warmup 0.2.0 or earlier, so move it away or set DATABASE_URL to another ${place}.`;

/** How old a database is that this version may write to; nothing in another one is touched. */
export function ageOfOurs(sqlite: Sqlite.Database, path: string): SchemaAge {
  const age = schemaAge(sqlite);
  if (age === 'newer') throw new DatabaseError(ofNewer(path, 'file'));
  if (age === 'foreign') throw new DatabaseError(ofBefore(path, 'file'));
  return age;
}

/** Runs all migrations that are missing, in one step. */
export function upgrade(sqlite: Sqlite.Database): void {
  migrate(drizzle({ client: sqlite }), { migrationsFolder: MIGRATIONS });
}

/**
 * Keeps a database as it is before it is migrated, in place of the copy of an earlier upgrade.
 *
 * @throws the error of SQLite or of the file system, such as a full disk.
 */
export function keepBeforeUpgrade(sqlite: Sqlite.Database, path: string): void {
  // Two processes that start at once must not write into one file.
  const part = `${copyBeforeUpgrade(path)}.${process.pid}.part`;
  rmSync(part, { force: true });
  try {
    writeFileSync(part, '', { mode: 0o600, flag: 'wx' });
    sqlite.prepare('vacuum into ?').run(part);
    // The other one may have migrated it meanwhile.
    if (makeWhole(part) === 'older') renameSync(part, copyBeforeUpgrade(path));
  } finally {
    rmSync(part, { force: true });
  }
}

/** Deletes the copy of an upgrade that nobody went back from. */
export function dropOldCopy(path: string, now: Date): void {
  const copy = copyBeforeUpgrade(path);
  const madeAt = statSync(copy, { throwIfNoEntry: false })?.mtimeMs;
  if (madeAt !== undefined && now.getTime() - madeAt > KEEP_MS) rmSync(copy, { force: true });
}

/** Makes a copy one durable file without a log, that only its owner may read. */
export function makeWhole(file: string): SchemaAge {
  const copy = new Sqlite(file);
  copy.pragma('journal_mode = delete');
  const age = schemaAge(copy);
  copy.close();
  chmodSync(file, 0o600);
  const open = openSync(file, 'r+');
  fsyncSync(open);
  closeSync(open);
  return age;
}
