import { createHmac } from 'node:crypto';
import { closeSync, existsSync, openSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import Sqlite from 'better-sqlite3';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { BUILT_DATABASE, MIGRATIONS } from '../paths.ts';
import { createStore, type Store } from '../queries.ts';
import { answerKeyBeside, keyFileOf } from './answer-key.ts';
import { busyError, eachMethod, isLocked, patiently } from './busy.ts';
import { type Connection, noPause } from './connection.ts';
import { DatabaseError } from './database-error.ts';
import { createWiper } from './erasing.ts';
import { type AroundCommit, gradualSteps, groupCommits, type OnFailure } from './group-commits.ts';
import { type Repaired, recalculate } from './recalculating.ts';
import * as schema from './schema.ts';
import { compilingOnce } from './statements.ts';
import { markUnwritable } from './storage.ts';
import {
  ageOfOurs,
  copyBeforeUpgrade,
  dropOldCopy,
  keepBeforeUpgrade,
  upgrade,
} from './upgrading.ts';

/** How long opening waits for another program's lock, while nobody waits for an answer. */
const OPENING_TIMEOUT_MS = 5_000;

const MEMORY = ':memory:';

/** An empty database after all migrations: each one in memory but the first begins as a copy of it. */
let migrated: Buffer | undefined;

/** The path of a database, as DATABASE_URL names it. */
export const databasePath = (url: string) => url.replace(/^file:(\/\/)?/, '');

/** A database with all queries on it. */
type Connected = {
  sqlite: Sqlite.Database;
  queries: Store;
  wiper: ReturnType<typeof createWiper>;
  isUpgraded: boolean;
};

/** Databases in memory that were closed and may be used again, without a row. */
const emptied: Connected[] = [];
const MAX_EMPTIED = 8;

type Options = {
  answerKey?: string;
  onFailure?: OnFailure;
  aroundCommit?: AroundCommit;
  isReused?: boolean;
};

/**
 * Opens (and creates or migrates) the database; `file:warmup.db` or `:memory:`.
 *
 * @param options.answerKey The key of what deleted accounts knew; a file beside the database when absent.
 * @param options.onFailure Hears of every piece of work and every commit that failed.
 * @param options.aroundCommit Runs each commit, to see how long it takes.
 * @param options.isReused Of one in memory: the next one after it finds all queries built and compiled, and no row.
 */
export function openSqlite(
  url: string,
  options: Options = {},
): {
  store: Store;
  /** Proves that all sums are what the ledger says, and repairs those that are not. */
  recalculate(): Repaired;
  /** The copy from before this start has migrated the database. */
  upgradedFrom: string | undefined;
  /** Deletes a copy that is so old that nobody goes back to it. */
  dropOldCopy(now: Date): void;
  close(): void;
} {
  const path = databasePath(url);
  const isReused = options.isReused === true && path === MEMORY;
  const connected = (isReused ? emptied.pop() : undefined) ?? connect(path, options);
  const { sqlite, queries, wiper, isUpgraded } = connected;
  let running = 0;
  let isClosed = false;
  const during = async (method: () => PromiseLike<unknown>) => {
    if (isClosed) throw new Error('The database is closed');
    running += 1;
    try {
      return await patiently(method, isLocked);
    } catch (error) {
      throw markUnwritable(isLocked(error) ? busyError(error) : error);
    } finally {
      running -= 1;
    }
  };
  return {
    store: eachMethod(queries, during),
    recalculate: () => recalculate(sqlite),
    upgradedFrom: isUpgraded ? copyBeforeUpgrade(path) : undefined,
    dropOldCopy: (now) => dropOldCopy(path, now),
    close() {
      if (isClosed) return;
      isClosed = true;
      wiper.stop();
      // What is under way must not reach into another world.
      if (!isReused || running > 0 || emptied.length >= MAX_EMPTIED) {
        sqlite.close();
        return;
      }
      empty(sqlite);
      emptied.push(connected);
    },
  };
}

function connect(
  path: string,
  { answerKey, onFailure = () => {}, aroundCommit: around = (commit) => commit() }: Options,
): Connected {
  const { sqlite, isUpgraded } = openFile(path);
  const db = drizzle({ client: compilingOnce(sqlite) });
  const atomic = groupCommits(sqlite, db, onFailure, around);
  const wiper = createWiper(sqlite);
  const key = answerKey ?? keyOf(sqlite, path);
  const connection: Connection = {
    db,
    tables: schema,
    atomic,
    gradual:
      path === MEMORY
        ? // No second connection reaches it.
          (work) => atomic((on) => work(on, noPause))
        : gradualSteps(() => durable(new Sqlite(path, { timeout: 0 })), { onFailure, around }),
    erase: async (work) => {
      const value = await atomic(work);
      wiper.wipeSoon();
      return value;
    },
    // A transaction that writes is alone.
    claim: (work) => atomic((on) => work(on, (rows) => rows)),
    earlier: (instant, ms) => sql`${instant} - ${Math.round(ms)}`,
    codeOf: (account, what) =>
      createHmac('sha256', key).update(`${account} ${what}`).digest('base64url'),
  };
  return { sqlite, queries: createStore(connection), wiper, isUpgraded };
}

/** Takes every row out, and counts from 1 again. */
function empty(sqlite: Sqlite.Database): void {
  const tables = sqlite
    .prepare<[], { name: string }>(
      "select name from sqlite_master where type = 'table' and name <> '__drizzle_migrations'",
    )
    .all();
  // Not without its foreign keys, for every statement would have to be compiled again.
  sqlite.exec(['begin', ...tables.map(({ name }) => `delete from "${name}"`), 'commit'].join(';'));
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

function openFile(path: string): { sqlite: Sqlite.Database; isUpgraded: boolean } {
  let sqlite: Sqlite.Database | undefined;
  try {
    if (path === MEMORY) migrated ??= builtDatabase();
    const copied = path === MEMORY ? migrated : undefined;
    if (!copied) keepPrivate(path);
    sqlite = new Sqlite(copied ?? path, { timeout: OPENING_TIMEOUT_MS });
    const age = copied ? 'current' : ageOfOurs(sqlite, path);
    sqlite.pragma('journal_mode = WAL');
    durable(sqlite);
    const isUpgraded = age === 'older' && path !== MEMORY;
    if (isUpgraded) keepBeforeUpgrade(sqlite, path);
    if (age !== 'current') upgrade(sqlite);
    if (path === MEMORY) migrated ??= sqlite.serialize();
    // A statement that waits inside SQLite stops the event loop, so from here on all waiting is ours.
    sqlite.pragma('busy_timeout = 0');
    return { sqlite, isUpgraded };
  } catch (error) {
    sqlite?.close();
    if (error instanceof DatabaseError) throw error;
    throw new DatabaseError(explain(error, path), { cause: error });
  }
}

/** What was left beside the program, unless a migration was written since. */
function builtDatabase(): Buffer | undefined {
  const builtAt = statSync(BUILT_DATABASE, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  // A folder is as new as its installation.
  const isCurrent = readdirSync(MIGRATIONS)
    .filter((name) => name.endsWith('.sql'))
    .every((name) => statSync(`${MIGRATIONS}/${name}`).mtimeMs <= builtAt);
  return isCurrent ? readFileSync(BUILT_DATABASE) : undefined;
}

/** An empty database after all migrations, as the file that `BUILT_DATABASE` holds. */
export function migratedDatabase(): Buffer {
  const sqlite = new Sqlite(MEMORY);
  upgrade(sqlite);
  const file = sqlite.serialize();
  sqlite.close();
  return file;
}

/** Makes a new file that only its owner may read; SQLite gives its log the same mode. */
function keepPrivate(path: string): void {
  if (path === MEMORY || !existsSync(dirname(path))) return;
  closeSync(openSync(path, 'a', 0o600));
}

/** Sets what a file does not remember of each connection. */
function durable(sqlite: Sqlite.Database): Sqlite.Database {
  // With every commit shared by a whole turn, FULL costs little and survives a power cut.
  sqlite.pragma('synchronous = FULL');
  sqlite.pragma('foreign_keys = ON');
  // What is deleted is overwritten, so that the file does not keep it.
  sqlite.pragma('secure_delete = ON');
  return sqlite;
}

function explain(error: unknown, path: string): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (isLocked(error) || code.startsWith('SQLITE_LOCKED')) {
    return `${path} is locked by another program. Stop it, or set DATABASE_URL to another file.`;
  }
  if (code === 'SQLITE_FULL') {
    return `There's no room to keep a copy of ${path} before the upgrade. Free as much space as it uses, and start again.`;
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
