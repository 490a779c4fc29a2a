import type { Clock } from '../../core/time.ts';

/**
 * Requests that may come at once, and how many come back in a minute. Of `work` it is the milliseconds of processor time
 * that they take, and of `files` those of the worker that reads and writes files for everybody.
 */
export const QUOTAS = {
  normal: { burst: 60, perMinute: 60 },
  heavy: { burst: 12, perMinute: 12 },
  work: { burst: 3000, perMinute: 3000 },
  files: { burst: 20_000, perMinute: 20_000 },
} as const;

/** What is counted in milliseconds. */
type Costs = 'work' | 'files';

export type QuotaKind = Exclude<keyof typeof QUOTAS, Costs>;

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

  /** Milliseconds until somebody may cost something again; 0 when they may. */
  const waitForCosts = (person: string, kind: Costs): number => {
    const left = leftOf(`${kind} ${person}`, kind);
    return left > 0 ? 0 : waitFor(1 - left, kind);
  };

  return {
    /** Counts a request: 0 when it may go on, else the milliseconds to wait. */
    take(person: string, kind: QuotaKind): number {
      const key = `${kind} ${person}`;
      const left = leftOf(key, kind);
      if (left < 1) return waitFor(1 - left, kind);
      keep(key, left - 1);
      return 0;
    },
    waitForCosts,
    /** Charges a person with the milliseconds that something of theirs took. */
    charge(person: string, ms: number, kind: Costs): void {
      const key = `${kind} ${person}`;
      keep(key, leftOf(key, kind) - ms);
    },
  };
}
