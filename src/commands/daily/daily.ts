import { z } from 'zod';
import { cut } from '../../bot/bank/question-card.ts';
import { isStaff } from '../../bot/bank/question-review.ts';
import { type Context, defineCommand } from '../../bot/command.ts';
import { showPosted } from '../../bot/daily/answering.ts';
import { comingSlots } from '../../bot/daily/coming-slots.ts';
import { postNow, preview, skip, unskip } from '../../bot/daily/next-slot.ts';
import { confirmDelivered, correct, repost, withdraw } from '../../bot/daily/post-corrections.ts';
import { scheduleMeant } from '../../bot/daily/schedule-input.ts';
import { pause, resume } from '../../bot/daily/schedule-switching.ts';
import { formatState, ownClock } from '../../bot/daily/schedule-words.ts';
import { UserError } from '../../bot/errors.ts';
import { type Block, type Reply, say } from '../../bot/reply.ts';
import { formatDay } from '../../core/time.ts';
import type { Post, Schedule } from '../../store/schema.ts';

const FOR_ALL = new Set(['today', 'history']);

export const daily = defineCommand({
  name: 'daily',
  summary: "Show and answer today's question",
  example: 'daily skip',
  visibility: 'private',
  slackAlias: true,
  access: ({ action }) => (FOR_ALL.has(action) ? 'everybody' : 'admin'),
  input: z.object({
    action: z
      .enum([
        'today',
        'history',
        'preview',
        'now',
        'skip',
        'unskip',
        'pause',
        'resume',
        'withdraw',
        'correct',
        'again',
        'found',
      ])
      .default('today')
      .describe('What to do; all but today and history are for admins'),
    schedule: z.int().min(1).optional().describe('Number of the schedule, when there are several'),
    post: z.int().min(1).optional().describe('Number of the posted question'),
    day: z.string().max(10).optional().describe('A day to skip or unskip, such as 2026-12-24'),
    key: z.string().max(60).optional().describe('The corrected answer: letters or a number'),
    note: z.string().max(200).optional().describe('Why it was withdrawn or corrected'),
  }),

  async run(input, context) {
    switch (input.action) {
      case 'today':
        refuseStray(input.day ?? input.key ?? input.note);
        return today(context);
      case 'history':
        return history(context);
      case 'preview':
        return preview(await scheduleMeant(input.schedule, context), context);
      case 'now':
        return postNow(await scheduleMeant(input.schedule, context), context);
      case 'skip':
        return skip(await scheduleMeant(input.schedule, context), input.day, context);
      case 'unskip':
        return unskip(await scheduleMeant(input.schedule, context), input.day, context);
      case 'pause':
        return pause(await scheduleMeant(input.schedule, context), context);
      case 'resume':
        return resume(await scheduleMeant(input.schedule, context), context);
      case 'withdraw':
        return withdraw(
          await onePost(input.post, context),
          input.note ?? 'it was not fit to ask',
          context,
        );
      case 'correct':
        return correct(
          await onePost(input.post, context),
          input.key,
          input.note ?? 'the key was wrong',
          context,
        );
      case 'again':
        return repost(await onePost(input.post, context), context);
      case 'found':
        return confirmDelivered(await onePost(input.post, context), context);
    }
  },
});

/** A day, a key or a note belongs to another action, which was misspelt or left out. */
function refuseStray(typed: string | undefined): void {
  if (typed !== undefined)
    throw new UserError(
      `I do not know what to do with "${typed}". daily alone shows today's question; help daily lists the rest.`,
    );
}

async function today(context: Context): Promise<Reply> {
  const { store, team, place } = context;
  const open = await store.openPosts(team.id);
  const here = open.filter((post) => post.channel === place.channel);
  const [first, ...others] = here.length > 0 ? here : open;
  if (!first) return nothingOpen(context);
  const reply = await showPosted(first.id, context);
  if (others.length === 0) return reply;
  const buttons = others.slice(0, 4).map((post) => ({
    label: cut(`Also open: ${post.question?.prompt ?? ''}`, 70),
    run: `answer ${post.id}`,
  }));
  return { ...reply, blocks: [...reply.blocks, { kind: 'buttons', buttons }] };
}

async function nothingOpen(context: Context): Promise<Reply> {
  const { store, team, zone, isAdmin } = context;
  const schedules = await store.schedulesOf(team.id);
  const coming: { at: Date; schedule: Schedule }[] = [];
  for (const schedule of schedules.filter(({ state }) => state === 'on'))
    for (const { at } of await comingSlots(schedule, 1, context)) coming.push({ at, schedule });
  const [next] = coming.sort((a, b) => a.at.getTime() - b.at.getTime());
  if (!next && (schedules.length > 0 || (await store.schedulesOff(team.id)).length > 0))
    return say(`${formatHalt(schedules)} ${isAdmin ? TO_ADMINS : TO_OTHERS}`);
  if (!next)
    return say(
      isAdmin
        ? 'No daily question is set up yet. Type setup to choose a channel and an hour.'
        : 'No daily question is set up here yet. Somebody who manages this place can do it with setup.',
    );
  return say([
    'No question is open now. The next one comes ',
    { time: next.at, show: 'moment' },
    `${ownClock(next.at, next.schedule, zone)}. Until then: `,
    { code: 'drill' },
    ' for a calculation, ',
    { code: 'mock' },
    ' for an interview.',
  ]);
}

const TO_ADMINS = 'Type status to see the schedules and how they go on.';
const TO_OTHERS = 'Meanwhile: drill for a calculation, mock for an interview.';

/** Why no question is coming, when schedules are there. */
function formatHalt(running: readonly Schedule[]): string {
  if (running.length === 0) return 'The daily question is off.';
  if (running.some(({ state }) => state === 'on')) return 'No day of the daily question is coming.';
  return 'The daily question is paused.';
}

async function history({ store, team, locale, isAdmin }: Context): Promise<Reply> {
  const posts = await store.recentPosts(team.id, 14);
  if (posts.length === 0) return say('There has been no question yet.');
  return {
    title: 'The last questions',
    blocks: [
      {
        kind: 'table',
        caption: 'Newest first',
        columns: [
          { label: 'No.', align: 'right' },
          { label: 'Day' },
          { label: 'Question' },
          { label: 'State' },
        ],
        rows: posts.map((post) => [
          String(post.id),
          formatDay(post.day, locale),
          `${post.isRated ? '' : 'In words: '}${cut(post.question?.prompt ?? 'none', 50)}`,
          formatState(post),
        ]),
      },
      ...(isAdmin
        ? [
            {
              kind: 'note',
              text: 'A wrong question: daily withdraw post:3 note:"why", or daily correct post:3 key:b note:"why".',
            } satisfies Block,
          ]
        : []),
    ],
  };
}

/** @throws UserError when there is none, or it is of a team for which this person does not decide. */
async function onePost(id: number | undefined, context: Context): Promise<Post> {
  const { store, team } = context;
  const post = id === undefined ? (await store.recentPosts(team.id, 1))[0] : await store.post(id);
  if (!post && id === undefined) throw new UserError('There has been no question yet.');
  if (!post || !(await isStaff(post.teamId, context)))
    throw new UserError(`I do not know question ${id}. Type daily history to see their numbers.`);
  return post;
}
