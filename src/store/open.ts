import { existsSync } from 'node:fs';
import type { Clock } from '../core/time.ts';
import type { Store } from '../queries.ts';
import { DatabaseError } from './database-error.ts';
import type { AroundCommit, OnFailure } from './group-commits.ts';
import type { Repaired } from './recalculating.ts';
import { databasePath, openSqlite } from './sqlite.ts';

/** An open database, whichever it is. */
export type OpenStore = {
  store: Store;
  /** The time by which all processes on this database agree: of the machine, or of the database server. */
  clock: Clock;
  /** The copy from before this start has migrated a file. */
  upgradedFrom: string | undefined;
  /** Deletes a copy of a file that is so old that nobody goes back to it. */
  dropOldCopy(now: Date): void;
  /** Proves that all sums are what the ledger says, and repairs those that are not. */
  recalculate(): Promise<Repaired>;
  close(): Promise<void>;
};

type Options = {
  /** The clock of the machine. */
  clock: Clock;
  /** Milliseconds since some fixed moment, whatever is done to that clock. */
  elapsedMs(): number;
  answerKey?: string;
  onFailure?: OnFailure;
  aroundCommit?: AroundCommit;
};

/** True for the address of a PostgreSQL server; others name a SQLite file. */
export const isPostgres = (url: string) => /^postgres(ql)?:\/\//.test(url);

/**
 * Opens the database that DATABASE_URL names, and makes or migrates it.
 *
 * @throws DatabaseError in words for whoever runs the bot.
 */
export async function openStore(url: string, options: Options): Promise<OpenStore> {
  if (!isPostgres(url)) {
    const { store, upgradedFrom, dropOldCopy, recalculate, close } = openSqlite(url, options);
    return {
      store,
      clock: options.clock,
      upgradedFrom,
      dropOldCopy,
      recalculate: async () => recalculate(),
      close: async () => close(),
    };
  }
  const { answerKey, elapsedMs, onFailure } = options;
  if (!answerKey)
    throw new DatabaseError('ANSWER_KEY is missing. All processes need the same one.');
  // Loaded only when it is wanted.
  const { openPostgres } = await import('./postgres.ts');
  const opened = await openPostgres(url, {
    answerKey,
    elapsedMs,
    ...(onFailure ? { onFailure } : {}),
  });
  return { ...opened, upgradedFrom: undefined, dropOldCopy: () => {} };
}

/**
 * The same for a tool, which must not make a database that is not there.
 *
 * @throws DatabaseError in words for whoever runs the bot.
 */
export async function openExisting(url: string, options: Options): Promise<OpenStore> {
  const opened = await openIfThere(url, options);
  if (opened) return opened;
  throw new DatabaseError(
    `I can't find the database ${url}. Set DATABASE_URL to the bot's database file.`,
  );
}

/** The same for what works without one; undefined when there is none. */
export async function openIfThere(url: string, options: Options): Promise<OpenStore | undefined> {
  return isPostgres(url) || existsSync(databasePath(url)) ? openStore(url, options) : undefined;
}
