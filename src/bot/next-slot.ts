import { dayIn, formatDay, isDay } from '../core/time.ts';
import type { Schedule } from '../store/schema.ts';
import { comingSlots } from './coming-slots.ts';
import type { Context } from './command.ts';
import { UserError } from './errors.ts';
import { claimSlotNow, postedCard, questionFor } from './posting.ts';
import { type Reply, say } from './reply.ts';
import { ownClock, scheduleName } from './schedule-words.ts';

/** How the next question will look, and when it comes. */
export async function preview(schedule: Schedule, context: Context): Promise<Reply> {
  const { store, catalog, clock, team } = context;
  const [slot] = await comingSlots(schedule, 1, context);
  // The card shows a question that will not come next: a preview must not give the next one away.
  const question = questionFor(schedule, catalog, {
    day: slot?.day ?? dayIn(clock.now(), schedule.zone),
    asked: await store.askedQuestions(team.id),
    seed: `preview ${schedule.id}`,
  });
  if (!question)
    throw new UserError(
      'No question of the bank fits this mix. Change difficulties or chapters with setup.',
    );
  const card = postedCard({ id: 0, question, closes: schedule.closes }, catalog);
  const shown = card.blocks.filter((block) => block.kind !== 'buttons');
  return {
    title: 'Preview',
    blocks: [
      ...shown,
      {
        kind: 'note',
        text: slot
          ? [
              'This is how it looks; the question itself will be another one. The next comes ',
              { time: slot.at, show: 'moment' },
              `${ownClock(slot.at, schedule, context.zone)}.`,
            ]
          : 'This is how it looks. No day of this schedule is coming.',
      },
    ],
  };
}

/** Brings today's question forward. */
export async function postNow(schedule: Schedule, context: Context): Promise<Reply> {
  const { clock } = context;
  const day = dayIn(clock.now(), schedule.zone);
  const outcome = await claimSlotNow(context, schedule, { day, at: clock.now() });
  if (outcome === 'empty')
    throw new UserError(
      'No question of the bank fits this mix. Change difficulties or chapters with setup.',
    );
  if (outcome === 'taken')
    return say(
      "Today's question is posted already, and there is one a day. The next comes as planned.",
    );
  context.wake();
  return say(
    "Today's question goes out now. It counts as today's, so no second one comes at the usual hour.",
  );
}

/** Leaves out one day, the next one when none is named. */
export async function skip(
  schedule: Schedule,
  typed: string | undefined,
  context: Context,
): Promise<Reply> {
  const { store, clock, locale, emit } = context;
  if (typed !== undefined && !isDay(typed))
    throw new UserError(
      `"${typed}" is no day. Write it like 2026-12-24: daily skip day:2026-12-24`,
    );
  if (typed !== undefined && typed < dayIn(clock.now(), schedule.zone))
    throw new UserError(`${formatDay(typed, locale)} is over. Name a day that is still to come.`);
  const day = typed ?? (await comingSlots(schedule, 1, context))[0]?.day;
  if (!day) return say('No day of this schedule is coming, so there is nothing to skip.');
  await store.addDaysOff(schedule.id, [day]);
  emit({ kind: 'skipped', schedule: String(schedule.id) });
  const after = await store.schedule(schedule.id);
  const [next] = after ? await comingSlots(after, 1, context) : [];
  return say([
    `Skipped on ${formatDay(day, locale)}: `,
    ...scheduleName(schedule),
    '. It breaks no streak.',
    ...(next ? [' The next one comes ', { time: next.at, show: 'moment' } as const, '.'] : []),
  ]);
}
