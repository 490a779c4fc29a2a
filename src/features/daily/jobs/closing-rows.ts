import { dueNow } from '../../../spine/outbox.ts';
import type { Reply } from '../../../spine/reply.ts';
import type { NewOutboxRow, Post } from '../../../store/schema.ts';

/** The row of a message in the thread of a post, or in its channel where it has none. */
export function inThread(
  post: Post,
  at: Date,
  { what, key, reply }: { what: string; key: string; reply: Reply },
): NewOutboxRow {
  return {
    ...about(post, at),
    key,
    what,
    outgoing: {
      kind: 'post',
      channel: post.channel,
      reply,
      key,
      ...(post.thread ? { thread: post.thread } : {}),
    },
  };
}

/** The row that changes the card of a post whose question is over; none when it is not known. */
export function closingRow(post: Post, at: Date, reply: Reply): NewOutboxRow[] {
  if (!post.message) return [];
  const key = `closing:${post.id}`;
  return [
    {
      ...about(post, at),
      key,
      what: 'closing',
      outgoing: { kind: 'edit', channel: post.channel, message: post.message, reply, key },
    },
  ];
}

/** What every row about a post that is due now has in common. */
export function about(post: Post, at: Date) {
  return {
    teamId: post.teamId,
    platform: post.platform,
    postId: post.id,
    ...dueNow(at),
  };
}
