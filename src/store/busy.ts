import { setTimeout as wait } from 'node:timers/promises';

/** How long work waits for another program's lock: platforms want an answer within three seconds. */
const PATIENCE_MS = 2_500;

/** The pause after the first try that met a lock. */
export const FIRST_PAUSE_MS = 1;

/** Longer pauses would keep people waiting after the lock has gone. */
const MAX_PAUSE_MS = 32;

/** Pauses double, so that a short lock costs little time and a long one few tries. */
export function longerPause(pauseMs: number): number {
  return Math.min(2 * pauseMs, MAX_PAUSE_MS);
}

/** True when a statement did nothing because another program holds a lock. */
export function isLocked(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_BUSY');
}

/** True for work that has paused for so long altogether that it is given up. */
export function isOutOfPatience(waitedMs: number): boolean {
  return waitedMs >= PATIENCE_MS;
}

/** Why work was given up, known by `isBusy` to callers that know no database: nothing has changed. */
export function busyError(cause: Error): Error & { isBusy: true } {
  const error = new Error('Another program holds a lock on the database', { cause });
  return Object.assign(error, { isBusy: true as const });
}

/**
 * Reads again, with growing pauses, while another program's lock is in the way.
 *
 * @throws busyError when the lock outlasts the patience.
 */
export async function readPatiently<T>(read: () => PromiseLike<T>): Promise<T> {
  let waitedMs = 0;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = longerPause(pauseMs)) {
    try {
      return await read();
    } catch (error) {
      if (!isLocked(error)) throw error;
      if (isOutOfPatience(waitedMs)) throw busyError(error);
    }
    await wait(pauseMs);
    waitedMs += pauseMs;
  }
}
