import type { Clock } from '../core/time.ts';

const LIMITS = {
  /** Failures of the endpoint in a row before it is left alone. */
  failures: 3,
  /** Useless verdicts in a row: on the answers of so many people, or so many on those of one. */
  people: 3,
  onePerson: 5,
  restMs: 5 * 60_000,
  /** For so long it is left alone at the most when it says itself for how long. */
  longestRestMs: 3_600_000,
};

/**
 * When the judge is left alone: for everybody after failures of the endpoint and after verdicts on
 * several people's answers that are of no use; for one person after as many on theirs alone, since
 * what they write may be why. From then on each rest ends with one more try.
 */
export function createCircuitBreaker(clock: Clock) {
  let failures = 0;
  let untilForAll = 0;
  const untilFor = new Map<string, number>();
  /** Useless verdicts since the last useful one, by whose answer it was. */
  const useless = new Map<string, number>();
  const now = () => clock.now().getTime();

  return {
    isOn(person: string): boolean {
      const leftMs = Math.max(untilForAll, untilFor.get(person) ?? 0) - now();
      // A longer rest than there is comes from a clock that was set back.
      return leftMs > 0 && leftMs <= LIMITS.longestRestMs;
    },

    /** The endpoint works. */
    answered(): void {
      failures = 0;
    },

    /** The model works. */
    useful(): void {
      useless.clear();
    },

    useless(person: string): void {
      const count = (useless.get(person) ?? 0) + 1;
      useless.set(person, count);
      const until = now() + LIMITS.restMs;
      if (count >= LIMITS.onePerson) untilFor.set(person, until);
      if (useless.size >= LIMITS.people) untilForAll = Math.max(untilForAll, until);
    },

    failed(error: unknown): void {
      failures += 1;
      const own = failures >= LIMITS.failures ? LIMITS.restMs : 0;
      const asked = Math.min(askedMs(error, now()), LIMITS.longestRestMs);
      untilForAll = Math.max(untilForAll, now() + Math.max(own, asked));
    },
  };
}

/** How long the endpoint asks to be left alone: the cause of the error, a `Retry-After` header. */
function askedMs(error: unknown, now: number): number {
  const retryAfter = error instanceof Error ? error.cause : undefined;
  if (typeof retryAfter !== 'string') return 0;
  // Seconds, or an instant.
  const ms = /^\d+$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  // What is no instant is no wait.
  return Math.max(0, ms || 0);
}
