import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Job } from '../spine/job.ts';

const DAY_MS = 24 * 3_600_000;

/** For how long things are kept that nothing needs any more; docs/security.md says the same. */
export const KEEP_DAYS = {
  /** Slack repeats a delivery for minutes; a day is more than enough. */
  deliveries: 1,
  messages: 30,
  /** Since a button was last shown or pressed. */
  commands: 90,
  /** Since its last step, whether it was finished or not, and live rounds since their end; the cards stay. */
  practices: 30,
  /** What admins changed of the team's settings, and the host of a workspace. */
  settings: 365,
  /** Time to change one's mind after the bot was removed. */
  departures: 30,
};

/** Rows of each kind that are deleted in one step, so that no answer waits long for it. */
const SLICE = 50;
/** Steps of one run: what is left over comes with the next one. */
const SLICES = 400;
/** Nothing here is in a hurry. */
const EVERY_MINUTES = 10;

/** Forgets what nothing needs any more, in small steps. */
export const cleanup: Job = {
  name: 'sweep',
  async run({ store, clock, isStopping }) {
    const at = clock.now();
    if (at.getUTCMinutes() % EVERY_MINUTES > 0) return;
    const ago = (days: number) => new Date(at.getTime() - days * DAY_MS);
    const before = {
      deliveries: ago(KEEP_DAYS.deliveries),
      messages: ago(KEEP_DAYS.messages),
      commands: ago(KEEP_DAYS.commands),
      practices: ago(KEEP_DAYS.practices),
      settings: ago(KEEP_DAYS.settings),
      departures: ago(KEEP_DAYS.departures),
    };
    for (let step = 0; step < SLICES && !isStopping(); step += 1) {
      const found = await store.sweep({ at, before, limit: SLICE });
      if (found === 0) return;
      await nextTurn();
    }
  },
};
