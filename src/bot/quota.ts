import type { Clock } from '../core/time.ts';

/** Requests that may come at once, and how many come back in a minute. */
export const QUOTAS = {
  normal: { burst: 60, perMinute: 60 },
  heavy: { burst: 12, perMinute: 12 },
} as const;

export type QuotaKind = keyof typeof QUOTAS;

/** Buckets are dropped when they are full again, at the latest when there are this many. */
const MOST_BUCKETS = 10_000;

/** A token bucket for each person; in memory, since losing it harms nobody. */
export function createQuota(clock: Clock) {
  const buckets = new Map<string, { left: number; at: number }>();

  return {
    /** 0 when the request may go on, else the milliseconds to wait. */
    take(person: string, kind: QuotaKind): number {
      const { burst, perMinute } = QUOTAS[kind];
      const key = `${kind} ${person}`;
      const now = clock.now().getTime();
      const bucket = buckets.get(key) ?? { left: burst, at: now };
      // A clock that was set back must not lock anybody out until it has caught up.
      bucket.at = Math.min(bucket.at, now);
      const passed = now - bucket.at;
      const left = Math.min(burst, bucket.left + (passed * perMinute) / 60_000);
      if (left < 1) return Math.ceil(((1 - left) * 60_000) / perMinute);
      if (buckets.size > MOST_BUCKETS) buckets.clear();
      buckets.set(key, { left: left - 1, at: now });
      return 0;
    },
  };
}
