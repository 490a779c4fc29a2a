import type { Clock } from '../core/time.ts';
import { type Health, monitorHealth } from '../spine/health.ts';
import { isLost, postgresCode } from './postgres-errors.ts';

/** The code of the database under an error that was wrapped on its way. */
function databaseCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && String(at.code).startsWith('SQLITE_')) return String(at.code);
  }
  return '';
}

/** Why nothing can be stored, in words for the operator; undefined for an error of another kind. */
function storageTrouble(error: unknown): string | undefined {
  const code = databaseCode(error);
  if (code === 'SQLITE_FULL')
    return "The disk is full, so nothing can be saved. Free some space. You don't need to restart.";
  if (/^SQLITE_(IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)/.test(code))
    return `The database file can't be written (${code}), so nothing can be saved. Check its disk and its permissions.`;
  if (postgresCode(error) === '53100')
    return "PostgreSQL's disk is full, so nothing can be saved. Free some space there. You don't need to restart.";
  if (isLost(error))
    return `PostgreSQL can't be reached or takes nothing (${postgresCode(error)}), so nothing can be saved. Start it, or check the network. You don't need to restart.`;
  return undefined;
}

/** Marks an error for callers that know no database: nothing can be stored just now. */
export function markUnwritable(error: unknown): unknown {
  if (error instanceof Error && storageTrouble(error)) Object.assign(error, { isUnwritable: true });
  return error;
}

/** Between two trials of the database. */
const PROBE_MS = 5000;

/**
 * What the database last said of itself. Trouble is known from the first write that fails; whether it
 * is over, and whether there is any while nobody writes, a trial tells.
 */
export function watchStorage(clock: Clock, elapsedMs: () => number) {
  const { health, well, ill } = monitorHealth(clock);
  let triedAt = Number.NEGATIVE_INFINITY;
  const failed = (error: unknown) => {
    const words = storageTrouble(error);
    if (words) ill(words);
  };
  return {
    health: (): Health => health(),
    /** Hears of every piece of work that failed, whatever the reason. */
    failed,
    /** Tries the database with `probe`, unless that was done just now. Never rejects. */
    async check(probe: () => Promise<void>): Promise<void> {
      if (elapsedMs() - triedAt < PROBE_MS) return;
      triedAt = elapsedMs();
      await probe().then(well, failed);
    },
  };
}

export type StorageWatch = ReturnType<typeof watchStorage>;
