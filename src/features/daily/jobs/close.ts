import { isScored, type ScoredQuestion } from '../../../core/questions/check-answer.ts';
import { forEach, type Job, type JobContext } from '../../../spine/job.ts';
import type { Post } from '../../../store/schema.ts';
import { closedCard } from '../daily-card.ts';
import { recapCard } from '../recap-card.ts';
import { closeFreeText } from './close-free-text.ts';
import { closingRow, inThread } from './closing-rows.ts';

/** Closes questions whose time is over and writes their recap. */
export const close: Job = {
  name: 'close',
  async run(context) {
    const { store, clock } = context;
    const posts = await store.postsToClose(clock.now());
    await forEach(context, posts, 'closing post', async (post) => {
      await closeOne(context, post);
      await store.endSeason(post.teamId, clock.now());
    });
  },
};

async function closeOne(context: JobContext, post: Post): Promise<void> {
  const { question } = post;
  if (!question) return;
  if (isScored(question)) await closeScored(context, post, question);
  else await closeFreeText(context, post, question);
}

async function closeScored(
  { store, clock, catalog, emit }: JobContext,
  post: Post,
  question: ScoredQuestion,
): Promise<void> {
  const at = clock.now();
  const counts = await store.firstAnswers(post.id);
  const answered = counts.reduce((sum, each) => sum + each.count, 0);
  const chapter = catalog.chapter(question.chapter);
  const closed = closedCard({ id: post.id, question }, answered, chapter);
  const rows =
    post.state === 'posted'
      ? [
          inThread(post, at, {
            what: 'recap',
            key: `recap:${post.id}`,
            reply: recapCard({ id: post.id, question }, counts),
          }),
          ...closingRow(post, at, closed),
        ]
      : [];
  if (await store.closePost(post.id, at, rows))
    emit({ kind: 'closed', post: String(post.id), answered });
}
