import type { Clock } from '../core/time.ts';

/** The minute's tick comes anyway, and a timer of over 24 days would ring at once. */
const MAX_MS = 60_000;

/** One tick at an instant, or in a minute when that is later; setting it again moves it. */
export function createAlarm(clock: Clock, ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  return {
    set: (instant: Date) => {
      clearTimeout(timer);
      const ms = instant.getTime() - clock.now().getTime();
      timer = setTimeout(ring, Math.min(MAX_MS, Math.max(0, ms))).unref();
    },
    clear: () => clearTimeout(timer),
  };
}
