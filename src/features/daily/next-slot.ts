import { readDay } from '../../core/read-day.ts';
import { type SlotTime, slotOn } from '../../core/slots.ts';
import { type Day, dayIn, formatDay } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Reply, say, type Text } from '../../spine/reply.ts';
import type { Post, Schedule } from '../../store/schema.ts';
import { comingSlots } from './coming-slots.ts';
import { claimSlotNow, closingSlot, postedCard, questionFor } from './posting.ts';
import { slotTakenReply } from './reposting.ts';
import { formatUpcoming, goOnWith, scheduleName } from './schedule-words.ts';
import { changesOf } from './setting-changes.ts';

const NOTHING_MATCHES: Text = [
  "No question matches this schedule's difficulty and chapters. Run ",
  { command: 'setup' },
  ' to change them.',
];

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
  if (!question) throw new UserError(NOTHING_MATCHES);
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
          'This is a sample. The real question will be different. ',
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
  if (outcome === 'empty') throw new UserError(NOTHING_MATCHES);
  if (outcome === 'taken') {
    const [next] = await comingSlots(schedule, 1, context);
    const post = await context.store.postOn(schedule.id, day);
    if (post?.state === 'missed') return postMissed(post, schedule, context);
    if (post) return slotTakenReply(post, formatUpcoming(schedule, next, context.zone));
  }
  if (outcome === 'claimed') context.emit({ kind: 'claimed', schedule: String(schedule.id), day });
  context.wake();
  return say("Posting today's question now. Nothing else is posted at the usual time.");
}

/** A slot that was missed has no question: it is given back and claimed again. */
async function postMissed(post: Post, schedule: Schedule, context: Context): Promise<Reply> {
  await context.store.releaseMissed(schedule.id, new Date(post.dueAt.getTime() - 1));
  return postNow(schedule, context);
}

/** Leaves out one day, the next one when none is named. */
export async function skip(
  schedule: Schedule,
  typed: string | undefined,
  context: Context,
): Promise<Reply> {
  const { store, locale, zone, emit } = context;
  const { day } = await slotToSkip(schedule, typed, context);
  const daysOff = [...new Set([...schedule.daysOff, day])].sort();
  await store.addDaysOff(schedule.id, [day], changesOf(schedule, { daysOff }, context));
  emit({ kind: 'skipped', schedule: String(schedule.id) });
  const [next] = await comingSlots({ ...schedule, daysOff }, 1, context);
  return {
    blocks: [
      {
        kind: 'text',
        text: [
          `Skipped on ${formatDay(day, locale)}: `,
          ...scheduleName(schedule),
          `. Streaks aren't affected. ${schedule.state === 'on' ? '' : 'The day stays skipped after you resume. '}`,
          ...formatUpcoming(schedule, next, zone),
        ],
      },
      {
        kind: 'buttons',
        buttons: [{ label: 'Undo', run: `daily action:unskip schedule:${schedule.id} day:${day}` }],
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
  const daysOff = schedule.daysOff.filter((each) => each !== day);
  const noted = changesOf(schedule, { daysOff }, context);
  const isUndone = await store.removeDayOff(schedule.id, day, noted);
  if (isUndone) emit({ kind: 'unskipped', schedule: String(schedule.id) });
  const after = (await store.schedule(schedule.id)) ?? schedule;
  const [next] = await comingSlots(after, 1, context);
  return {
    ...say([
      `${isUndone ? 'No longer skipped' : "Wasn't skipped"} on ${formatDay(day, locale)}: `,
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
  const day =
    typed === undefined
      ? schedule.daysOff.find(isToCome)
      : checkedDay(typed, 'unskip', dayIn(clock.now(), schedule.zone));
  if (day === undefined) throw new UserError('This schedule has no skipped days.');
  if (schedule.daysOff.includes(day) && !isToCome(day))
    throw new UserError([
      `The question time for ${formatDay(day, locale)} has passed. To post it today anyway, run `,
      { command: `daily now schedule:${schedule.id}` },
      '.',
    ]);
  return day;
}

/** @throws UserError when it is no day. */
function checkedDay(typed: string, action: 'skip' | 'unskip', today: Day): Day {
  const day = readDay(typed, today);
  if (day !== undefined) return day;
  throw new UserError([
    `"${typed}" isn't a date. Use a format like `,
    { command: `daily ${action} day:2026-12-24` },
    '.',
  ]);
}

/** @throws UserError when there is no question to leave out. */
async function slotToSkip(
  schedule: Schedule,
  typed: string | undefined,
  context: Context,
): Promise<SlotTime> {
  const { clock, locale } = context;
  if (typed === undefined && schedule.state !== 'on')
    throw new UserError([
      `Schedule ${schedule.id} is paused, so it has no next day to skip. `,
      ...goOnWith(schedule),
      ' To skip a later day, run ',
      { command: `daily skip schedule:${schedule.id} day:2026-12-24` },
      '.',
    ]);
  const today = dayIn(clock.now(), schedule.zone);
  const wanted = typed === undefined ? undefined : checkedDay(typed, 'skip', today);
  if (wanted !== undefined && wanted < today)
    throw new UserError(`${formatDay(wanted, locale)} has passed. Choose a later day.`);
  const startsOn = wanted ?? schedule.startsOn;
  const [slot] = await comingSlots({ ...schedule, startsOn }, 1, context);
  if (!slot) throw new UserError('This schedule has no upcoming days to skip.');
  if (wanted !== undefined && slot.day !== wanted)
    throw new UserError(
      `This schedule has no upcoming question on ${formatDay(wanted, locale)}, so there's nothing to skip.`,
    );
  return slot;
}
