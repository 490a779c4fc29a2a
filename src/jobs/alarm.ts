import type { Clock } from '../core/time.ts';

/** One tick at an instant; setting it again moves it. */
export function createAlarm(clock: Clock, ring: () => void) {
  let timer: NodeJS.Timeout | undefined;
  return {
    set: (instant: Date) => {
      clearTimeout(timer);
      timer = setTimeout(ring, Math.max(0, instant.getTime() - clock.now().getTime())).unref();
    },
    clear: () => clearTimeout(timer),
  };
}
