import { open } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type Sqlite from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import {
  busyError,
  FIRST_PAUSE_MS,
  inLine,
  isLocked,
  isOutOfPatience,
  longerPause,
} from './busy.ts';
import type { Connection, Database } from './connection.ts';
import { compilingOnce } from './statements.ts';

type Job = {
  work: (db: Database) => Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
  /** How long it has waited for another program's lock. */
  waitedMs: number;
};

/** Hears of every piece of work and every commit that failed. */
export type OnFailure = (error: unknown) => void;

/** Runs a commit, and may look at the time around it. */
export type AroundCommit = (commit: () => void) => void;

/** Pieces of one commit: after a long lock, all that waited at once would stop the loop. */
const MAX_TOGETHER = 32;

/**
 * All work of one turn of the event loop shares one durable commit, each piece in a savepoint of its
 * own: one at a time, a durable commit would be the slowest part of every answer. While another
 * program holds a lock the pieces wait in their order, and the loop goes on.
 */
export function groupCommits(
  sqlite: Sqlite.Database,
  db: Database,
  onFailure: OnFailure,
  around: AroundCommit = (commit) => commit(),
): Connection['atomic'] {
  const waiting: Job[] = [];
  const commitTogether = committer(sqlite, db, { onFailure, around });
  let flushing = false;

  const flush = async (pauseMs: number) => {
    const jobs = waiting.slice(0, MAX_TOGETHER);
    try {
      const settled = await commitTogether(jobs);
      waiting.splice(0, jobs.length);
      for (const settle of settled) settle();
    } catch (error) {
      if (isLocked(error)) {
        dropImpatient(waiting, error);
        for (const job of waiting) job.waitedMs += pauseMs;
        flushing = waiting.length > 0;
        if (flushing) setTimeout(flush, pauseMs, longerPause(pauseMs));
        return;
      }
      onFailure(error);
      waiting.splice(0, jobs.length);
      for (const { reject } of jobs) reject(error);
    }
    flushing = waiting.length > 0;
    if (flushing) setImmediate(flush, FIRST_PAUSE_MS);
  };

  return <T>(work: (db: Database) => Promise<T>) =>
    new Promise<T>((resolve, reject) => {
      // A job's value goes to its own resolve, so the list may forget its type.
      waiting.push({ work, resolve: resolve as (value: unknown) => void, reject, waitedMs: 0 });
      if (flushing) return;
      flushing = true;
      setImmediate(flush, FIRST_PAUSE_MS);
    });
}

/** Takes out those that have waited long enough. */
function dropImpatient(waiting: Job[], cause: Error): void {
  // Whoever came first has waited longest.
  while (waiting[0] && isOutOfPatience(waiting[0].waitedMs))
    waiting.shift()?.reject(busyError(cause));
}

/**
 * Runs work in one transaction; what to tell each piece comes back once all of it is durable.
 * Nothing has happened when it throws, a lock of another program included.
 */
function committer(
  sqlite: Sqlite.Database,
  db: Database,
  { onFailure, around }: { onFailure: OnFailure; around: AroundCommit },
) {
  // Immediate: a lock shows here, before any work.
  const begin = sqlite.prepare('begin immediate');
  const commit = sqlite.prepare('commit');
  const rollback = sqlite.prepare('rollback');
  const save = sqlite.prepare('savepoint piece');
  const release = sqlite.prepare('release piece');
  const undo = sqlite.prepare('rollback to piece');

  const runPiece = async ({ work, resolve, reject }: Job): Promise<() => void> => {
    save.run();
    try {
      const value = await work(db);
      release.run();
      return () => resolve(value);
    } catch (error) {
      // A full disk can end the transaction of all; then no piece is left to be undone.
      if (isLocked(error) || !sqlite.inTransaction) throw error;
      onFailure(error);
      undo.run();
      release.run();
      return () => reject(error);
    }
  };

  return async (jobs: readonly Job[]): Promise<(() => void)[]> => {
    try {
      const settled: (() => void)[] = [];
      begin.run();
      for (const job of jobs) settled.push(await runPiece(job));
      around(() => commit.run());
      return settled;
    } catch (error) {
      if (sqlite.inTransaction) rollback.run();
      throw error;
    }
  };
}

/**
 * Long steps on a connection of their own, one at a time. A transaction on the connection that everyone reads would show
 * its first slices to them. Here, they read what was there before until the commit, and their writes find the
 * lock of another program, which they know how to wait for.
 */
export function gradualSteps(
  connect: () => Sqlite.Database,
  { onFailure, around }: { onFailure: OnFailure; around: AroundCommit },
): Connection['gradual'] {
  const next = inLine();
  return (work) =>
    next(async () => {
      // The shared commit of this turn is over by then.
      await nextTurn();
      const sqlite = connect();
      try {
        sqlite.exec('begin immediate');
        // Pages go to the log as they change, so that the commit has few to write and to wait for.
        sqlite.pragma('cache_size = -1000');
        sqlite.pragma('wal_autocheckpoint = 0');
        const value = await work(drizzle({ client: compilingOnce(sqlite) }), () => nextTurn());
        await flush(`${sqlite.name}-wal`);
        around(() => sqlite.exec('commit'));
        await nextTurn();
        shortenLog(sqlite, onFailure);
        return value;
      } catch (error) {
        if (!isLocked(error)) onFailure(error);
        throw error;
      } finally {
        // Takes back what was not committed.
        sqlite.close();
      }
    });
}

/** Waits for the disk on a thread of its own. */
async function flush(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.datasync().finally(() => file.close());
}

/** In a turn of its own, what was committed goes from the log into the database. Failing costs nothing but room. */
function shortenLog(sqlite: Sqlite.Database, onFailure: OnFailure): void {
  try {
    sqlite.pragma('wal_checkpoint(PASSIVE)');
  } catch (error) {
    onFailure(error);
  }
}
