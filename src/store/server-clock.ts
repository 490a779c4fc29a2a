import type { Clock } from '../core/time.ts';

/** Between two looks two clocks differ by a thousandth of that at the most. */
const LOOK_MS = 10_000;

/**
 * The time of the database server, by which all processes agree on what is due: one whose own clock runs ahead posts
 * nothing early. It is never ahead of the server's, and behind by no more than an answer takes.
 *
 * @param ask Milliseconds since 1970 on the server.
 * @param elapsedMs Milliseconds since some fixed moment, whatever is done to the clock of this machine.
 */
export async function serverClock(ask: () => Promise<number>, elapsedMs: () => number) {
  let known = { at: Number.NEGATIVE_INFINITY, elapsed: elapsedMs() };
  const now = () => known.at + elapsedMs() - known.elapsed;

  const look = async () => {
    const asked = elapsedMs();
    const at = await ask();
    const elapsed = elapsedMs();
    const latest = at + elapsed - asked;
    known = { at: Math.min(Math.max(now(), at), latest), elapsed };
  };
  await look();
  // Without an answer the last one goes on: this machine counts on.
  const timer = setInterval(() => look().catch(() => {}), LOOK_MS).unref();

  const clock: Clock = { now: () => new Date(Math.floor(now())) };
  return { clock, stop: () => clearInterval(timer) };
}
