import { closedCard, recapCard } from '../bot/question-card.ts';
import type { NewOutboxRow, Post } from '../store/schema.ts';
import type { Job, JobContext } from './job.ts';

/** Closes questions whose time is over and writes their recap. */
export const close: Job = {
  name: 'close',
  async run(context) {
    for (const post of await context.store.postsToClose(context.clock.now())) {
      await closeOne(context, post);
    }
  },
};

async function closeOne(context: JobContext, post: Post): Promise<void> {
  const { store, clock, catalog, emit } = context;
  const { question } = post;
  if (!question) return;
  const at = clock.now();
  const counts = await store.firstAnswers(post.id);
  const answered = counts.reduce((sum, each) => sum + each.count, 0);
  const chapter = catalog.chapter(question.chapter);
  const base = {
    teamId: post.teamId,
    platform: post.platform,
    postId: post.id,
    state: 'due',
    dueAt: at,
    at,
  } as const;
  const rows: NewOutboxRow[] = [];
  if (post.state === 'posted') {
    rows.push({
      ...base,
      key: `recap:${post.id}`,
      what: 'recap',
      outgoing: {
        kind: 'post',
        channel: post.channel,
        reply: recapCard(question, counts, chapter),
        key: `recap:${post.id}`,
        ...(post.thread ? { thread: post.thread } : {}),
      },
    });
    if (post.message) {
      rows.push({
        ...base,
        key: `closing:${post.id}`,
        what: 'closing',
        outgoing: {
          kind: 'edit',
          channel: post.channel,
          message: post.message,
          reply: closedCard({ id: post.id, question, closes: 'hours' }, answered, chapter),
          key: `closing:${post.id}`,
        },
      });
    }
  }
  if (await store.closePost(post.id, at, rows))
    emit({ kind: 'closed', post: String(post.id), answered });
}
