import { setTimeout as wait } from 'node:timers/promises';
import type { Store } from '../queries.ts';

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
 * Does work again, with growing pauses, while what stopped it may be over soon: another program's lock, say.
 *
 * @throws the last error when that outlasts the patience; any other error at once.
 */
export async function patiently<T>(
  work: () => PromiseLike<T>,
  isPassing: (error: unknown) => boolean,
): Promise<T> {
  let waitedMs = 0;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = longerPause(pauseMs)) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || isOutOfPatience(waitedMs)) throw error;
    }
    await wait(pauseMs);
    waitedMs += pauseMs;
  }
}

/** Does one thing after the other. */
export function inLine() {
  let last: Promise<unknown> = Promise.resolve();
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work, work);
    last = done;
    return done;
  };
}

/** A store each of whose methods is done like this. A method reads first and writes last, so it is whole. */
export function eachMethod(
  store: Store,
  done: (method: () => PromiseLike<unknown>) => Promise<unknown>,
): Store {
  const methods = Object.entries(store).map(([name, method]) => {
    // The list of methods forgets which arguments go to which.
    const call = method as (...given: unknown[]) => PromiseLike<unknown>;
    return [name, (...given: unknown[]) => done(() => call(...given))];
  });
  // The same names, each with the arguments and the result of its method.
  return Object.fromEntries(methods) as Store;
}
