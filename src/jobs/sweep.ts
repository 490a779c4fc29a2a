import type { Job } from './job.ts';

/** Slack repeats a delivery for minutes; a day is more than enough. */
const KEEP_DELIVERIES_MS = 24 * 3_600_000;

/** Forgets what nothing needs any more. */
export const sweep: Job = {
  name: 'sweep',
  run: ({ store, clock }) =>
    store.sweepDeliveries(new Date(clock.now().getTime() - KEEP_DELIVERIES_MS)),
};
