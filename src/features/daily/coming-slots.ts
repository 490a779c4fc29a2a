import { nextSlots, type SlotTime } from '../../core/slots.ts';
import { dayIn } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import type { Schedule } from '../../store/schema.ts';

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

/** The team's next question: that of this channel, where it has one. */
export async function nextQuestion(
  context: Pick<Context, 'store' | 'clock' | 'team' | 'place'>,
): Promise<{ at: Date; schedule: Schedule } | undefined> {
  const { store, team, place } = context;
  const coming: { at: Date; schedule: Schedule }[] = [];
  for (const schedule of await store.schedulesOf(team.id))
    if (schedule.state === 'on')
      for (const { at } of await comingSlots(schedule, 1, context)) coming.push({ at, schedule });
  coming.sort((a, b) => a.at.getTime() - b.at.getTime());
  return coming.find(({ schedule }) => schedule.channel === place.channel) ?? coming[0];
}
