import { z } from 'zod';
import { DAILY_MINUTES } from '../../../core/practice/plan.ts';
import { readDay } from '../../../core/read-day.ts';
import { type Day, dayIn, daysBetween, formatDay } from '../../../core/time.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import type { Reply } from '../../../spine/reply.ts';
import { pathCard, pathsCard, planCard } from '../path-card.ts';
import { placementOf } from '../path-placement.ts';
import { planFor } from '../path-plan.ts';
import { type PathAt, pathAt } from '../path-progress.ts';
import { showPractice } from '../showing.ts';

export const path = defineCommand({
  name: 'path',
  summary: 'Follow a learning path, with a plan to your interview date',
  example: 'path start:b date:2026-12-20 minutes:15',
  says: [
    {
      like: [
        'show my path',
        'where am i on my path',
        'what should i learn first',
        'which topics do i learn first',
        'where should i begin',
        'what should i learn next',
        'what is next on my path',
        'my learning path',
        'continue my path',
      ],
      takes: [],
      label: 'Show my path',
    },
    {
      like: [
        'what is my plan',
        'show my plan',
        'my study plan',
        'plan for today',
        'my plan until the interview',
      ],
      values: { action: 'plan' },
      takes: [],
      label: 'Show my plan',
    },
    {
      like: [
        'i have an interview {date}',
        'i have an interview on {date}',
        'i have {minutes} a day',
        'i have {minutes} a day until {date}',
        'i can learn {minutes} a day',
        'my interview is on {date}',
        'my interview is {date}',
        'prepare me for an interview on {date}',
        'prepare me for my interview {date}',
        'get me ready for {date}',
        'make a plan for {date}',
        'study plan until {date}',
        'i have an exam on {date}',
        'plan my interview preparation',
        'set my interview date',
        'change my interview date',
      ],
      values: { action: 'date' },
      // "mock 20 min" asks for an interview now.
      needs: ['have', 'my', 'plan', 'ready', 'prepare', 'exam', 'date'],
      takes: ['date', 'minutes'],
      label: 'Make a plan',
    },
    {
      like: [
        'placement test',
        'placement quiz',
        'find out what i know',
        'which chapters do i know already',
        'test what i know already',
      ],
      values: { action: 'placement' },
      takes: [],
      label: 'Find what I know',
    },
    {
      like: ['start the beginner path', 'i am a beginner', 'learn from the beginning'],
      values: { start: 'a' },
      takes: ['minutes', 'date'],
      label: 'Start path A',
    },
    {
      like: ['start the interview path', 'follow the interview path'],
      values: { start: 'b' },
      takes: ['minutes', 'date'],
      label: 'Start path B',
    },
    {
      like: ['start the production path', 'learn to run models in production'],
      values: { start: 'c' },
      takes: ['minutes', 'date'],
      label: 'Start path C',
    },
    {
      like: [
        'quit the learning path',
        'i gave up the path',
        'leave the learning path',
        'leave my path',
        'stop my path',
        'stop my learning path',
      ],
      values: { action: 'stop' },
      takes: [],
      label: 'Leave path',
    },
  ],
  visibility: 'private',
  onlyShows: ({ action, start, date, minutes }) =>
    (action === 'show' || action === 'plan') && (start ?? date ?? minutes) === undefined,
  async asks(given) {
    const isAsked = given['action'] === 'date' && given['date'] === undefined;
    return isAsked ? ['date', 'minutes'] : undefined;
  },
  async prefill(_, { store, person }) {
    const row = await store.pathOf(person.id);
    return { minutes: row?.minutes ?? DEFAULT_MINUTES, ...(row?.date ? { date: row.date } : {}) };
  },
  input: z.object({
    action: z
      .enum(['show', 'plan', 'placement', 'date', 'stop'])
      .default('show')
      .describe('What to do'),
    start: z
      .enum(['a', 'b', 'c'])
      .meta({ also: { beginner: 'a', interview: 'b', production: 'c' } })
      .optional()
      .describe('Path to follow: a beginner, b interview, c production'),
    date: z
      .string()
      .max(40)
      .meta({ suggests: 'dates' })
      .optional()
      .describe('Interview date, like 2026-12-20 or in 20 days'),
    minutes: z
      .int()
      .min(DAILY_MINUTES.min)
      .max(DAILY_MINUTES.max)
      .meta({ words: ['min', 'm'] })
      .optional()
      .describe('Minutes a day, 15 by default'),
  }),

  async run({ action, start, date, minutes }, context) {
    if (action === 'stop') return leave(context);
    const typed = date?.trim() || undefined;
    const isChange = start !== undefined || typed !== undefined || minutes !== undefined;
    if (isChange || action === 'date')
      await save(
        { start, minutes, ...(action === 'date' || typed ? { date: typed } : {}) },
        context,
      );
    const at = await pathAt(context);
    if (!at) return { ...pathsCard(context), update: true };
    if (action === 'placement') return showPractice(await placementOf(at, context), context);
    return { ...(await view(at, action === 'plan', context)), update: true };
  },
});

const DEFAULT_MINUTES = 15;

async function view(at: PathAt, isPlan: boolean, context: Context): Promise<Reply> {
  const planned = await planFor(at, context);
  return isPlan && (planned.hasDate || at.row.date === null)
    ? planCard(at, planned, context)
    : pathCard(at, planned, context);
}

type Change = {
  start: 'a' | 'b' | 'c' | undefined;
  minutes: number | undefined;
  /** Present when it changes; undefined takes the date away. */
  date?: string | undefined;
};

/** Somebody with a date and no path prepares for an interview. */
async function save(change: Change, context: Context): Promise<void> {
  const { store, person } = context;
  const before = await store.pathOf(person.id);
  const id = change.start ?? before?.path ?? 'b';
  const isSame = before?.path === id;
  await store.savePath({
    personId: person.id,
    path: id,
    date: 'date' in change ? readDate(change.date, context) : (before?.date ?? null),
    minutes: change.minutes ?? before?.minutes ?? DEFAULT_MINUTES,
    placementId: isSame ? (before?.placementId ?? null) : null,
  });
}

/** How far ahead a plan reaches. */
const MAX_DAYS = 365;

/** @throws UserError when it is no day, or none for which there is a plan. */
function readDate(typed: string | undefined, { clock, zone, locale }: Context): Day | null {
  if (typed === undefined) return null;
  const today = dayIn(clock.now(), zone);
  const day = readDay(typed, today);
  if (day === undefined)
    throw new UserError(
      [
        `"${typed}" isn't a date. Use a format like `,
        { command: 'path date:2026-12-20' },
        ' or "in 20 days".',
      ],
      { option: 'date' },
    );
  const days = daysBetween(today, day);
  if (days < 0)
    throw new UserError(`${formatDay(day, locale)} has passed. Choose a later day.`, {
      option: 'date',
    });
  if (days > MAX_DAYS)
    throw new UserError('Choose a day within a year from now.', { option: 'date' });
  return day;
}

async function leave({ store, person }: Context): Promise<Reply> {
  await store.leavePath(person.id);
  return {
    blocks: [
      { kind: 'text', text: 'You left your path. Your answers and cards are kept.' },
      { kind: 'buttons', buttons: [{ label: 'Choose a path', run: 'path' }] },
    ],
    update: true,
  };
}
