import type { Clock } from './core/time.ts';
import type { PartHealth } from './spine/health.ts';
import type { PlatformName } from './spine/request.ts';
import type { Backlog } from './store/queries/probe.ts';

/** What can be seen of a running bot from outside. */
export type Observed = {
  platforms(): readonly PlatformName[];
  backlog(platform: PlatformName, at: Date): Promise<Backlog>;
  health(): Promise<readonly PartHealth[]>;
};

/** A question that is later than this is late for its team too. */
const LATE_MS = 2 * 60_000;
const TIMEOUT_MS = 10_000;

/**
 * Calls a URL while all is well, for a service that tells somebody when the calls stop: what is dead cannot
 * tell. A call that fails needs no other notice, so this never rejects.
 */
export function createHeartbeat(url: string, clock: Clock, observed: Observed) {
  const isWell = async (): Promise<boolean> => {
    const parts = await observed.health();
    const now = clock.now();
    const late = await Promise.all(observed.platforms().map((name) => observed.backlog(name, now)));
    return (
      parts.every(({ health }) => health.ok) &&
      late.every(({ slotDueSince: since }) => !since || now.getTime() - since.getTime() < LATE_MS)
    );
  };
  return async (): Promise<void> => {
    try {
      if (await isWell()) await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      // The service notices that no call came.
    }
  };
}
