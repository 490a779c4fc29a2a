import { createHmac } from 'node:crypto';
import Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { MIGRATIONS } from '../paths.ts';
import { answerKeyBeside, keyFileOf } from './answer-key.ts';
import { isLocked, readPatiently } from './busy.ts';
import type { Connection } from './connection.ts';
import { createWiper, rewrite } from './erasing.ts';
import { type AroundCommit, groupCommits, type OnFailure } from './group-commits.ts';
import { makeSums, type Repaired, recalculate } from './recalculating.ts';
import * as schema from './schema.ts';
import { markUnwritable } from './storage.ts';
import { createStore, type Store } from './store.ts';

/** How long opening waits for another program's lock, while nobody waits for an answer. */
const OPENING_TIMEOUT_MS = 5_000;

const MEMORY = ':memory:';

/** An empty database after all migrations: each one in memory but the first begins as a copy of it. */
let migrated: Buffer | undefined;

/** The path of a database, as DATABASE_URL names it. */
export const databasePath = (url: string) => url.replace(/^file:(\/\/)?/, '');

/** Why a database cannot be opened, in words for whoever runs the bot. */
export class DatabaseError extends Error {
  override name = 'DatabaseError';
}

/**
 * Opens (and creates or migrates) the database; `file:warmup.db` or `:memory:`.
 *
 * @param answerKey The key of what deleted accounts knew; a file beside the database when absent.
 * @param onFailure Hears of every piece of work and every commit that failed.
 * @param aroundCommit Runs each commit, to see how long it takes.
 */
export function openSqlite(
  url: string,
  {
    answerKey,
    onFailure = () => {},
    aroundCommit,
  }: { answerKey?: string; onFailure?: OnFailure; aroundCommit?: AroundCommit } = {},
): {
  store: Store;
  /** Proves that all sums are what the ledger says, and repairs those that are not. */
  recalculate(): Repaired;
  close(): void;
} {
  const path = databasePath(url);
  const sqlite = openFile(path);
  const db = drizzle({ client: sqlite });
  const atomic = groupCommits(sqlite, db, onFailure, aroundCommit);
  const wiper = createWiper(sqlite);
  const key = answerKey ?? keyOf(sqlite, path);
  const connection: Connection = {
    db,
    tables: schema,
    atomic,
    erase: async (work) => {
      const value = await atomic(work);
      wiper.wipeSoon();
      return value;
    },
    codeOf: (account, what) =>
      createHmac('sha256', key).update(`${account} ${what}`).digest('base64url'),
  };
  return {
    store: patient(createStore(connection)),
    recalculate: () => recalculate(sqlite),
    close() {
      wiper.stop();
      sqlite.close();
    },
  };
}

/** Repeats what met a lock of another program. A method reads first and writes last, so it is whole. */
function patient(store: Store): Store {
  const methods = Object.entries(store).map(([name, method]) => {
    // The list of methods forgets which arguments go to which.
    const call = method as (...given: unknown[]) => PromiseLike<unknown>;
    return [
      name,
      (...given: unknown[]) =>
        readPatiently(() => call(...given)).catch((error: unknown) => {
          throw markUnwritable(error);
        }),
    ];
  });
  // The same names, each with the arguments and the result of its method.
  return Object.fromEntries(methods) as Store;
}

function keyOf(sqlite: Sqlite.Database, path: string): string {
  try {
    return answerKeyBeside(path);
  } catch (error) {
    sqlite.close();
    throw new DatabaseError(
      `${keyFileOf(path)} can't be read or created. Give this user access to it, or set ANSWER_KEY.`,
      { cause: error },
    );
  }
}

function openFile(path: string): Sqlite.Database {
  let sqlite: Sqlite.Database | undefined;
  try {
    const copied = path === MEMORY ? migrated : undefined;
    sqlite = new Sqlite(copied ?? path, { timeout: OPENING_TIMEOUT_MS });
    sqlite.pragma('journal_mode = WAL');
    // With every commit shared by a whole turn, FULL costs little and survives a power cut.
    sqlite.pragma('synchronous = FULL');
    sqlite.pragma('foreign_keys = ON');
    // What is deleted is overwritten, so that the file does not keep it.
    sqlite.pragma('secure_delete = ON');
    if (!copied) bringUpToDate(sqlite, path);
    if (path === MEMORY) migrated ??= sqlite.serialize();
    // A statement that waits inside SQLite stops the event loop, so from here on all waiting is ours.
    sqlite.pragma('busy_timeout = 0');
    return sqlite;
  } catch (error) {
    sqlite?.close();
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(explain(error, path), { cause: error });
  }
}

function bringUpToDate(sqlite: Sqlite.Database, path: string): void {
  refuseNewer(sqlite, path);
  migrate(drizzle({ client: sqlite }), { migrationsFolder: MIGRATIONS });
  finishMigrations(sqlite);
}

/** Bits of `user_version`, for what was done once with a file of an older version. */
const REWRITTEN = 1;
const SUMMED = 2;

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

/** An older program must not write into a newer database. */
function refuseNewer(sqlite: Sqlite.Database, path: string): void {
  const known = sqlite
    .prepare("select 1 from sqlite_master where type = 'table' and name = '__drizzle_migrations'")
    .get();
  if (!known) return;
  const row = sqlite.prepare('select max(created_at) as latest from __drizzle_migrations').get();
  // better-sqlite3 types a row as unknown.
  const latest = Number((row as { latest: number | null }).latest ?? 0);
  const newest = Math.max(
    ...readMigrationFiles({ migrationsFolder: MIGRATIONS }).map((m) => m.folderMillis),
  );
  if (latest > newest) {
    throw new DatabaseError(
      `${path} was written by a newer version of Warmup. Run that version, or set DATABASE_URL to another file.`,
    );
  }
}

function explain(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (isLocked(error) || code.startsWith('SQLITE_LOCKED')) {
    return `${path} is locked by another program. Stop it, or set DATABASE_URL to another file.`;
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM') {
    return `${path} can't be written. Give this user write access to the file and its folder, or set DATABASE_URL to another file.`;
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return `${path} isn't a Warmup database. Move it away, or set DATABASE_URL to another file.`;
  }
  if (
    code.startsWith('SQLITE_CANTOPEN') ||
    (error instanceof TypeError && /directory/.test(error.message))
  ) {
    return `${path} can't be opened because its folder is missing or read-only. Create the folder, or set DATABASE_URL to another file.`;
  }
  return `${path} can't be opened: ${error instanceof Error ? error.message : String(error)}`;
}
