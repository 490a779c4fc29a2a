import type { Clock } from '../core/time.ts';

/** How often the clock is looked at; a new minute is noticed this late at the most. */
const LOOK_MS = 1000;

/** A clock that goes back by less than this is only being kept right. */
const SLIP_MS = 2000;

/** What watching the clock needs. */
type Watch = {
  clock: Clock;
  /** Milliseconds that passed since some fixed moment, whatever was done to the clock. */
  elapsedMs(): number;
  /** Whether the schedule has something at this instant, the beginning of a minute. */
  isDue(instant: Date): boolean;
  /** Called once in each due minute, and once after the clock was set. */
  onMinute(): void;
  /** The clock was set back by so much; called before the minute that it is now. */
  onSetBack(ms: number): void;
};

/**
 * Looks at the clock again and again instead of sleeping until an hour that it names: a clock that is
 * set back or forward, or a machine that slept, brings one call, and the next minute brings the next.
 */
export function watchMinutes({ clock, elapsedMs, isDue, onMinute, onSetBack }: Watch) {
  const minuteAt = (ms: number) => Math.floor(ms / 60_000);
  let seen = { at: clock.now().getTime(), elapsed: elapsedMs() };
  let minute = minuteAt(seen.at);

  const look = () => {
    const now = clock.now();
    const next = { at: now.getTime(), elapsed: elapsedMs() };
    const backMs = next.elapsed - seen.elapsed - (next.at - seen.at);
    seen = next;
    if (backMs > SLIP_MS) onSetBack(backMs);
    if (minuteAt(next.at) === minute) return;
    minute = minuteAt(next.at);
    if (isDue(new Date(minute * 60_000))) onMinute();
  };
  // It keeps the process running: between two attempts to reconnect nothing else may.
  const timer = setInterval(look, LOOK_MS);
  return { look, stop: () => clearInterval(timer) };
}
