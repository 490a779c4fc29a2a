import { z } from 'zod';
import { formatDay } from '../../../core/time.ts';
import { cut } from '../../../session/question-card.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { refuseUnused } from '../../../spine/grammar/parse-errors.ts';
import { type Block, type Reply, say } from '../../../spine/reply.ts';
import type { Schedule } from '../../../store/schema.ts';
import { openHere } from '../answerable.ts';
import { showPosted } from '../answering.ts';
import { nextQuestion } from '../coming-slots.ts';
import { postNow, preview, skip, unskip } from '../next-slot.ts';
import { chosenSchedule } from '../schedule-input.ts';
import { pause, resume } from '../schedule-switching.ts';
import { formatState, ownClock } from '../schedule-words.ts';

const FOR_ALL = new Set(['today', 'history']);

export const daily = defineCommand({
  name: 'daily',
  summary: "Show and answer today's question",
  example: 'daily skip',
  says: [
    {
      like: [
        'what do i have to answer today',
        "today's question please",
        'open the daily question',
        'let me answer now',
        'i want to answer',
        'what is the question today',
        'is the question out',
        'let me answer the daily question',
        "show today's question",
        'what is the question of the day',
        'give me the daily question',
        "answer today's question",
        'is there a new question today',
      ],
      values: { action: 'today' },
      takes: [],
      label: "Show today's question",
    },
    {
      like: [
        "show yesterday's question",
        'older questions',
        'what was asked last week',
        'questions we had before',
        'which questions did we have',
        'archive of daily questions',
        'show past questions',
        'daily question history',
        'what were the last questions',
        'past daily questions with their solutions',
      ],
      values: { action: 'history' },
      takes: [],
      label: 'Show past questions',
    },
    {
      like: [
        "can i see tomorrow's question",
        'see the next question',
        'peek at the next question',
        "preview tomorrow's question",
        'preview',
        'what does the next question look like',
        'show me a sample of the next question',
        'preview the next question',
        'what will the next question look like',
        'show the next question before it is posted',
      ],
      values: { action: 'preview' },
      takes: ['schedule'],
      label: 'Preview question',
    },
    {
      like: [
        'send the question now',
        'post it now',
        'publish the daily question now',
        'can you post the question for today now',
        'post a question now',
        "post today's question right now",
        'ask the daily question now',
        'post the question early',
      ],
      values: { action: 'now' },
      takes: ['schedule'],
      label: 'Post question now',
    },
    {
      like: [
        'skip {day}',
        'skip that day {day}',
        'skip the day',
        'we have a holiday on {day}',
        'leave out the question on {day}',
        'no question {day}',
        "don't post on {day}",
        'day off on {day}',
        'holiday on {day} so skip the question',
        'skip the next question',
        'skip the question on {day}',
        'no question on {day}',
        'cancel the question on {day}',
        "don't ask a question on {day}",
      ],
      values: { action: 'skip' },
      takes: ['schedule', 'day'],
      label: 'Skip question',
    },
    {
      like: [
        "don't skip {day} after all",
        'post on {day} after all',
        '{day} is not a holiday',
        'undo skipping {day}',
        'bring {day} back',
        "don't skip the question on {day}",
        'unskip {day}',
        'undo the skipped day {day}',
        'ask on {day} after all',
      ],
      values: { action: 'unskip' },
      takes: ['schedule', 'day'],
      label: 'Ask on that day',
    },
    {
      like: [
        'hold the daily question',
        'pause until we are back',
        'pause until next week',
        'pause the questions',
        'we are on holiday so pause the questions',
        'suspend the daily question',
        'stop asking for a while',
        'pause',
        'pause everything',
        'stop the questions over the holidays',
        'pause the daily question',
        'pause the daily questions for a while',
        'stop the daily questions for a week',
        'take a break from daily questions',
      ],
      values: { action: 'pause' },
      takes: ['schedule'],
      label: 'Pause schedule',
    },
    {
      like: [
        'resume',
        'continue with the questions',
        'start the questions again',
        'we are back',
        'we are back from our holiday',
        'the break is over',
        'start posting again',
        'end the pause',
        'go on with the daily question',
        'we are back so resume the questions',
        'resume the daily questions',
        'start the daily questions again',
        'continue the daily questions',
        'un-pause the questions',
        'unpause the daily question',
      ],
      values: { action: 'resume' },
      takes: ['schedule'],
      label: 'Resume schedule',
    },
  ],
  visibility: 'private',
  onlyShows: ({ action }) => action === 'today' || action === 'history',
  slackAlias: true,
  elsewhere: {
    when: /^\s*(?:withdraw|restore|correct|again|found)\b/i,
    command: 'daily fix',
  },
  access: ({ action }) => (FOR_ALL.has(action) ? 'everybody' : 'admin'),
  input: z.object({
    action: z
      .enum(['today', 'history', 'preview', 'now', 'skip', 'unskip', 'pause', 'resume'])
      .default('today')
      .describe('What to do (all but today and history are for admins)'),
    schedule: z.int().min(1).optional().describe('Schedule number, if you have several'),
    day: z.string().max(20).optional().describe('Day to skip or unskip, like 2026-12-24'),
  }),

  async run(input, context) {
    const { action, day } = input;
    refuseUnused('daily', { day }, action === 'skip' || action === 'unskip' ? ['day'] : []);
    switch (action) {
      case 'today':
        return today(context);
      case 'history':
        return history(context);
      case 'preview':
        return preview(await chosenSchedule(input.schedule, context), context);
      case 'now':
        return postNow(await chosenSchedule(input.schedule, context), context);
      case 'skip':
        return skip(await chosenSchedule(input.schedule, context), day, context);
      case 'unskip':
        return unskip(await chosenSchedule(input.schedule, context), day, context);
      case 'pause':
        return pause(await chosenSchedule(input.schedule, context), context);
      case 'resume':
        return resume(await chosenSchedule(input.schedule, context), context);
    }
  },
});

async function today(context: Context): Promise<Reply> {
  const [first, ...others] = await openHere(context);
  if (!first) return nothingOpen(context);
  const reply = await showPosted(first.id, context);
  if (others.length === 0) return reply;
  const buttons = others.slice(0, 4).map((post) => ({
    label: cut(`Also open: ${post.question?.prompt ?? ''}`, 70),
    run: `answer post:${post.id}`,
  }));
  return { ...reply, blocks: [...reply.blocks, { kind: 'buttons', buttons }] };
}

async function nothingOpen(context: Context): Promise<Reply> {
  const { store, team, zone, isAdmin, isAlone, platform } = context;
  const schedules = await store.schedulesOf(team.id);
  const next = await nextQuestion(context);
  if (!next && (schedules.length > 0 || (await store.schedulesOff(team.id)).length > 0))
    return say([`${formatHalt(schedules)} `, ...(isAdmin ? TO_ADMINS : TO_OTHERS)]);
  // Of somebody who has done nothing in a server yet, a direct message belongs to nobody else.
  if (!next && isAlone)
    return say([
      `No daily question yet. If your ${platform.placeWord} has one, run `,
      { command: 'daily' },
      ' there first. To get your own here, run ',
      { command: 'setup' },
      '.',
    ]);
  if (!next)
    return say(
      isAdmin
        ? ['No daily question yet. Run ', { command: 'setup' }, ' to pick a channel and time.']
        : ['No daily question yet. Ask an admin to run ', { command: 'setup' }, '.'],
    );
  return say([
    'No open question right now. Next one: ',
    { time: next.at, show: 'moment' },
    `${ownClock(next.at, next.schedule, zone)}. Until then, try `,
    { command: 'quiz mode:drill' },
    ' or ',
    { command: 'mock' },
    '.',
  ]);
}

const TO_ADMINS = ['Run ', { command: 'setup' }, ' to see your schedules.'];
const TO_OTHERS = [
  'Until then, try ',
  { command: 'quiz mode:drill' },
  ' or ',
  { command: 'mock' },
  '.',
];

/** Why no question is coming, when schedules are there. */
function formatHalt(running: readonly Schedule[]): string {
  if (running.length === 0) return 'The daily question is off.';
  if (running.some(({ state }) => state === 'on')) return 'No upcoming questions are scheduled.';
  return 'The daily question is paused.';
}

async function history({ store, team, locale, isAdmin }: Context): Promise<Reply> {
  const posts = await store.recentPosts(team.id, 14);
  if (posts.length === 0)
    return say([
      'No questions yet. Until then, try ',
      { command: 'quiz mode:drill' },
      ' or ',
      { command: 'mock' },
      '.',
    ]);
  return {
    title: 'Recent questions',
    blocks: [
      {
        kind: 'table',
        caption: 'Newest first',
        columns: [
          { label: 'No.', align: 'right' },
          { label: 'Day' },
          { label: 'Question' },
          { label: 'Status' },
        ],
        rows: posts.map((post) => [
          String(post.id),
          formatDay(post.day, locale),
          `${post.isRated ? '' : 'Free text: '}${cut(post.question?.prompt ?? 'none', 50)}`,
          formatState(post),
        ]),
      },
      ...(isAdmin
        ? [
            {
              kind: 'select',
              label: 'Withdraw or correct a question',
              run: 'daily fix',
              option: 'post',
              choices: posts.map(({ id, question }) => ({
                label: cut(`${id}: ${question?.prompt ?? 'none'}`, 75),
                value: String(id),
              })),
            } satisfies Block,
          ]
        : []),
    ],
  };
}
