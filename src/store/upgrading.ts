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
import { rewrite } from './erasing.ts';
import { makeSums } from './recalculating.ts';

/** How a database compares with the migrations of this version. */
export type SchemaAge = 'none' | 'older' | 'current' | 'newer';

/** What stays of the database as it was before it was migrated. */
export const copyBeforeUpgrade = (path: string) => `${path}.before-upgrade`;

/** After that, people whose data was deleted meanwhile are in no copy either. */
const KEEP_MS = 14 * 24 * 3_600_000;

export function schemaAge(sqlite: Sqlite.Database): SchemaAge {
  const known = sqlite
    .prepare("select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .get();
  if (!known) return 'none';
  const row = sqlite.prepare('select max(created_at) as latest from __drizzle_migrations').get();
  // better-sqlite3 types a row as unknown.
  const { latest } = row as { latest: number | null };
  if (latest === null) return 'none';
  const newest = Math.max(
    ...readMigrationFiles({ migrationsFolder: MIGRATIONS }).map((m) => m.folderMillis),
  );
  if (Number(latest) === newest) return 'current';
  return Number(latest) > newest ? 'newer' : 'older';
}

/** Runs all migrations that are missing, in one step, and what they cannot do. */
export function upgrade(sqlite: Sqlite.Database): void {
  const isNew = schemaAge(sqlite) === 'none';
  migrate(drizzle({ client: sqlite }), { migrationsFolder: MIGRATIONS });
  // Nothing was ever deleted from a new one, or has to be summed.
  if (isNew) sqlite.pragma(`user_version = ${REWRITTEN | SUMMED}`);
  else finishMigrations(sqlite);
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

/** Bits of `user_version`, for what was done once with a file of an older version. */
const REWRITTEN = 1;
/** 2 was the same before chapters had sums of their own. */
const SUMMED = 4;

/** What migrations cannot do; each step is done again by the next start until it is whole. */
function finishMigrations(sqlite: Sqlite.Database): void {
  const done = () => Number(sqlite.pragma('user_version', { simple: true }));
  const note = (step: number) => sqlite.pragma(`user_version = ${done() | step}`);
  if (!(done() & REWRITTEN) && rewrite(sqlite)) note(REWRITTEN);
  if (done() & SUMMED) return;
  sqlite
    .transaction(() => {
      makeSums(sqlite);
      note(SUMMED);
    })
    .immediate();
}
