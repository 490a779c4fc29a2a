import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import { type Button, type Inline, type Reply, say, spans, type Text } from '../../spine/reply.ts';
import type { Post, PostState } from '../../store/schema.ts';
import { isCorrectable } from './answer-key.ts';
import { closingSlot, closingTime, questionRow } from './posting.ts';

/** Sends a post, or what belongs to it, again that failed, or whose delivery is unknown and was not found. */
export async function repost(post: Post, context: Context): Promise<Reply> {
  const { store, clock, catalog } = context;
  if (post.state === 'posted') return resendUnsent(post, context);
  const schedule = await store.schedule(post.scheduleId);
  const { question } = post;
  if (!schedule || !question) throw new UserError('This day has no question to post.');
  const closesAt = await closingSlot(schedule, post.day, context);
  const row = questionRow({
    schedule,
    post: { id: post.id, question, closesAt },
    at: clock.now(),
    key: `question:${post.id}:${context.seed.slice(0, 8)}`,
    catalog,
  });
  const from: PostState[] = ['failed', 'lost'];
  if (!(await store.repost({ postId: post.id, closesAt, rows: [row], from })))
    return say('This question is already posted or on its way.');
  context.wake();
  return { ...say('Posting it again now.'), update: true };
}

/** What belongs to a posted question, such as its recap, and did not certainly arrive goes out again. */
async function resendUnsent(post: Post, context: Context): Promise<Reply> {
  const { store, clock, seed } = context;
  const at = clock.now();
  const isResent = await store.resendUnsent({ postId: post.id, at, mark: seed.slice(0, 8) });
  if (!isResent) return { ...say('This is already posted or on its way.'), update: true };
  context.wake();
  return { ...say('Posting it again now.'), update: true };
}

/** An admin has seen a post whose delivery was never confirmed. */
export async function confirmDelivered(post: Post, context: Context): Promise<Reply> {
  const { store, clock } = context;
  const at = clock.now();
  if (post.state === 'posted' && (await store.confirmUnsent(post.id)))
    return { ...say('Got it. It counts as posted.'), update: true };
  const proven = await store.provePosted({
    postId: post.id,
    channel: post.channel,
    message: post.message ?? '',
    at,
    closesAt: closingTime(post, at),
  });
  return {
    ...say(
      proven
        ? 'Got it. The question counts as posted, and so do its answers.'
        : 'This was already settled.',
    ),
    update: true,
  };
}

/** What became of today's question when its day is taken already, with the way on. */
export function slotTakenReply(post: Post, upcoming: readonly Inline[]): Reply {
  const { state, problem } = post;
  const way = (text: Text): Reply => ({
    blocks: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: waysOn(post) },
    ],
  });
  switch (state) {
    case 'failed':
      return way(["I couldn't post today's question. ", ...spans(problem ?? '')]);
    case 'lost':
      return way([
        "I sent today's question, but its arrival wasn't confirmed (",
        ...spans(problem ?? 'no response'),
        '). Is it in the channel?',
      ]);
    case 'withdrawn':
      return way(["Today's question was withdrawn. ", ...upcoming]);
    case 'claimed':
      return say("Today's question is on its way.");
    default:
      return say(["Today's question is already posted. ", ...upcoming]);
  }
}

/** What an admin can do about a question that was asked, or that never arrived. */
export function waysOn({ id, state, question }: Post): Button[] {
  const button = (act: string, label: string): Button => ({
    label,
    run: `daily fix post:${id} do:${act}`,
  });
  switch (state) {
    case 'posted':
      return [
        button('withdraw', 'Withdraw question'),
        ...(isCorrectable(question) ? [button('correct', 'Correct answer key')] : []),
      ];
    case 'withdrawn':
      return [button('restore', 'Restore question')];
    case 'failed':
      return [button('again', 'Post again')];
    case 'lost':
      return [button('found', "It's there"), button('again', 'Post again')];
    default:
      return [];
  }
}
