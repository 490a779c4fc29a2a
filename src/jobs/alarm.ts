import type { Clock } from '../core/time.ts';

/** The minute's tick comes anyway, and a timer of over 24 days would ring at once. */
const MAX_MS = 60_000;

/** One tick at the earliest of the instants that were set, or in a minute when that is later. */
export function createAlarm(clock: Clock, ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  let ringsAt = Number.POSITIVE_INFINITY;
  const clear = () => {
    clearTimeout(timer);
    ringsAt = Number.POSITIVE_INFINITY;
  };
  return {
    set: (instant: Date) => {
      const now = clock.now().getTime();
      const at = Math.min(now + MAX_MS, Math.max(now, instant.getTime()));
      // What rings earlier looks at all that is due, and sets what is left. One that should have rung waits for a
      // clock that was set forward.
      if (ringsAt > now && ringsAt <= at) return;
      clear();
      ringsAt = at;
      timer = setTimeout(() => {
        clear();
        ring();
      }, at - now).unref();
    },
    clear,
  };
}
