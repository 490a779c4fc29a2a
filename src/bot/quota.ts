import type { Clock } from '../core/time.ts';

/** Requests that may come at once, and how many come back in a minute; of `work` the milliseconds that they take. */
export const QUOTAS = {
  normal: { burst: 60, perMinute: 60 },
  heavy: { burst: 12, perMinute: 12 },
  work: { burst: 3000, perMinute: 3000 },
} as const;

export type QuotaKind = Exclude<keyof typeof QUOTAS, 'work'>;

/** Buckets are dropped when they are full again, at the latest when there are this many. */
const MAX_BUCKETS = 10_000;

/** A token bucket for each person and kind; in memory, since losing it harms nobody. */
export function createQuota(clock: Clock) {
  const buckets = new Map<string, { left: number; at: number }>();

  const leftOf = (key: string, kind: keyof typeof QUOTAS): number => {
    const { burst, perMinute } = QUOTAS[kind];
    const bucket = buckets.get(key);
    if (!bucket) return burst;
    const now = clock.now().getTime();
    // A clock that was set back must not lock anybody out until it has caught up.
    bucket.at = Math.min(bucket.at, now);
    return Math.min(burst, bucket.left + ((now - bucket.at) * perMinute) / 60_000);
  };
  const keep = (key: string, left: number): void => {
    if (buckets.size > MAX_BUCKETS) buckets.clear();
    buckets.set(key, { left, at: clock.now().getTime() });
  };
  const waitFor = (missing: number, kind: keyof typeof QUOTAS): number =>
    Math.ceil((missing * 60_000) / QUOTAS[kind].perMinute);

  return {
    /** Counts a request: 0 when it may go on, else the milliseconds to wait. */
    take(person: string, kind: QuotaKind): number {
      const worked = leftOf(`work ${person}`, 'work');
      if (worked <= 0) return waitFor(1 - worked, 'work');
      const key = `${kind} ${person}`;
      const left = leftOf(key, kind);
      if (left < 1) return waitFor(1 - left, kind);
      keep(key, left - 1);
      return 0;
    },
    /** True while somebody's requests have taken too long, and nothing more is done for them. */
    isWorkedOut: (person: string): boolean => leftOf(`work ${person}`, 'work') <= 0,
    /** Charges a person with the milliseconds of work that a request took. */
    charge(person: string, ms: number): void {
      const key = `work ${person}`;
      keep(key, leftOf(key, 'work') - ms);
    },
  };
}
