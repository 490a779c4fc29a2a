import { dayIn, instantOf } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';

/** How many cards a review may still ask today: what its owner wants a day without what was reviewed. */
export async function leftToday({ store, person, clock, zone }: Context): Promise<number> {
  const midnight = instantOf({ day: dayIn(clock.now(), zone), time: '00:00', zone });
  return Math.max(0, person.dailyCards - (await store.reviewedSince(person.id, midnight)));
}
