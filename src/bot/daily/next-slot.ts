import { type SlotTime, slotOn } from '../../core/slots.ts';
import { dayIn, formatDay, isDay } from '../../core/time.ts';
import type { Schedule } from '../../store/schema.ts';
import type { Context } from '../command.ts';
import { UserError } from '../errors.ts';
import { type Reply, say } from '../reply.ts';
import { comingSlots } from './coming-slots.ts';
import { claimSlotNow, closingSlot, postedCard, questionFor } from './posting.ts';
import { formatUpcoming, goOnWith, scheduleName } from './schedule-words.ts';

/** How the next question will look, and when it comes. */
export async function preview(schedule: Schedule, context: Context): Promise<Reply> {
  const { store, catalog, clock, team } = context;
  const [slot] = await comingSlots(schedule, 1, context);
  // The card shows a question that will not come next: a preview must not give the next one away.
  const day = slot?.day ?? dayIn(clock.now(), schedule.zone);
  const question = questionFor(schedule, catalog, {
    day,
    asked: await store.askedQuestions(team.id),
    seed: `preview ${schedule.id}`,
  });
  if (!question)
    throw new UserError(
      'No question of the bank fits this mix. Change difficulties or chapters with setup.',
    );
  const closesAt = await closingSlot(schedule, day, context);
  const card = postedCard({ id: 0, question, closesAt }, catalog);
  const shown = card.blocks.filter((block) => block.kind !== 'buttons');
  return {
    title: 'Preview',
    blocks: [
      ...shown,
      {
        kind: 'note',
        text: [
          'This is how it looks; the question itself will be another one. ',
          ...formatUpcoming(schedule, slot, context.zone),
        ],
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
  if (outcome === 'taken') {
    const [next] = await comingSlots(schedule, 1, context);
    return say([
      "Today's question is posted already, and there is one a day. ",
      ...formatUpcoming(schedule, next, context.zone),
    ]);
  }
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
  const { store, locale, zone, emit } = context;
  const { day } = await slotToSkip(schedule, typed, context);
  await store.addDaysOff(schedule.id, [day]);
  emit({ kind: 'skipped', schedule: String(schedule.id) });
  const daysOff = [...schedule.daysOff, day];
  const [next] = await comingSlots({ ...schedule, daysOff }, 1, context);
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          `Skipped on ${formatDay(day, locale)}: `,
          ...scheduleName(schedule),
          `. It breaks no streak${schedule.state === 'on' ? '' : ', and stays left out after the pause'}. `,
          ...formatUpcoming(schedule, next, zone),
        ],
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'Undo', run: `daily unskip schedule:${schedule.id} day:${day}` }],
      },
    ],
  };
}

/** Takes a skip back, the next one when no day is named, as long as its question is still to come. */
export async function unskip(
  schedule: Schedule,
  typed: string | undefined,
  context: Context,
): Promise<Reply> {
  const { store, locale, zone, emit } = context;
  const day = dayToUnskip(schedule, typed, context);
  const isUndone = await store.removeDayOff(schedule.id, day);
  if (isUndone) emit({ kind: 'unskipped', schedule: String(schedule.id) });
  const after = (await store.schedule(schedule.id)) ?? schedule;
  const [next] = await comingSlots(after, 1, context);
  return {
    ...say([
      `${isUndone ? 'No longer' : 'Not'} skipped on ${formatDay(day, locale)}: `,
      ...scheduleName(schedule),
      '. ',
      ...formatUpcoming(schedule, next, zone),
    ]),
    update: true,
  };
}

/** @throws UserError when no day is left out, or the hour of the one that is meant has gone by. */
function dayToUnskip(
  schedule: Schedule,
  typed: string | undefined,
  { clock, locale }: Context,
): string {
  const isToCome = (day: string) => slotOn(schedule, day).at > clock.now();
  const day = typed === undefined ? schedule.daysOff.find(isToCome) : checkedDay(typed, 'unskip');
  if (day === undefined)
    throw new UserError('No day of this schedule is skipped, so there is nothing to take back.');
  if (schedule.daysOff.includes(day) && !isToCome(day))
    throw new UserError(
      `The hour of the question on ${formatDay(day, locale)} has gone by. To post one today all the same: daily now schedule:${schedule.id}`,
    );
  return day;
}

/** @throws UserError when it is no day. */
function checkedDay(typed: string, action: 'skip' | 'unskip'): string {
  if (isDay(typed)) return typed;
  throw new UserError(
    `"${typed}" is no day. Write it like 2026-12-24: daily ${action} day:2026-12-24`,
  );
}

/** @throws UserError when there is no question to leave out. */
async function slotToSkip(
  schedule: Schedule,
  typed: string | undefined,
  context: Context,
): Promise<SlotTime> {
  const { clock, locale } = context;
  if (typed === undefined && schedule.state !== 'on')
    throw new UserError(
      `Schedule ${schedule.id} is paused, so it has no next day to skip. ${goOnWith(schedule)}. To leave out a day after that: daily skip schedule:${schedule.id} day:2026-12-24`,
    );
  if (typed !== undefined && checkedDay(typed, 'skip') < dayIn(clock.now(), schedule.zone))
    throw new UserError(`${formatDay(typed, locale)} is over. Name a day that is still to come.`);
  const startsOn = typed ?? schedule.startsOn;
  const [slot] = await comingSlots({ ...schedule, startsOn }, 1, context);
  if (!slot) throw new UserError('No day of this schedule is coming, so there is nothing to skip.');
  if (typed !== undefined && slot.day !== typed)
    throw new UserError(
      `No further question of this schedule comes on ${formatDay(typed, locale)}, so there is nothing to skip.`,
    );
  return slot;
}
