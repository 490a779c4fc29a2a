import { nextSlots, type SlotTime } from '../../core/slots.ts';
import { dayIn } from '../../core/time.ts';
import type { Schedule } from '../../store/schema.ts';
import type { Context } from '../command.ts';

/** The coming slots of a schedule; a day whose question came early has none left. */
export async function comingSlots(
  schedule: Schedule,
  count: number,
  { store, clock }: Pick<Context, 'store' | 'clock'>,
): Promise<SlotTime[]> {
  const now = clock.now();
  const slots = await store.slotsSince(schedule.id, dayIn(now, schedule.zone));
  return nextSlots(schedule, now, count, new Set(slots.map(({ day }) => day)));
}
