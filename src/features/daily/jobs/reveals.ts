import { forEach, type Job, type JobContext } from '../../../spine/job.ts';
import type { Reply } from '../../../spine/reply.ts';
import type { NewOutboxRow, OutboxRow, Post, Reveal } from '../../../store/schema.ts';
import { answersCard, keyPointsCard } from '../free-text-recap.ts';
import { about } from './closing-rows.ts';

/** How soon a message whose sending is not over is looked at again. */
const AGAIN_MS = 60_000;

/** Draws answers again: when the vote is over, and when somebody took one back. */
export const reveals: Job = {
  name: 'reveals',
  async run(context) {
    const due = await context.store.dueReveals(context.clock.now());
    const byPost = due.map(({ reveal, post }) => ({ id: post.id, reveal, post }));
    await forEach(context, byPost, 'answers to post', ({ reveal, post }) =>
      drawAgain(context, reveal, post),
    );
  },
};

async function drawAgain(context: JobContext, reveal: Reveal, post: Post): Promise<void> {
  const { store, clock, emit } = context;
  const at = clock.now();
  const sent = (await store.outgoingOfPost(post.id)).filter(
    ({ what, outgoing }) => (what === 'recap' || what === 'answers') && outgoing.kind === 'post',
  );
  if (sent.some(({ state }) => state === 'due' || state === 'sending')) {
    await store.postponeReveal(post.id, new Date(at.getTime() + AGAIN_MS));
    return;
  }
  const isOver = reveal.votesUntil <= at || post.state === 'withdrawn';
  const { rows, votes } = await edits(context, { reveal, post, sent, isOver });
  const dueAt = isOver ? null : reveal.votesUntil;
  const isDrawn = await store.redraw({ reveal, dueAt, rows });
  const isCounted = reveal.dueAt !== null && reveal.dueAt >= reveal.votesUntil;
  if (isDrawn && isCounted) emit({ kind: 'counted', post: String(post.id), votes });
}

type Drawing = { reveal: Reveal; post: Post; sent: OutboxRow[]; isOver: boolean };

async function edits(
  { store, clock, catalog }: JobContext,
  { reveal, post, sent, isOver }: Drawing,
): Promise<{ rows: NewOutboxRow[]; votes: number }> {
  const { question } = post;
  if (!question || !('keyPoints' in question)) return { rows: [], votes: 0 };
  const answers = await store.answersTo(post.id);
  const chapter = catalog.chapter(question.chapter);
  const replyFor = ({ what, key }: OutboxRow): Reply =>
    what === 'recap'
      ? keyPointsCard({ id: post.id, question }, answers, { isOver, chapter })
      : answersCard(post.id, answers, {
          page: Number(key.split(':').at(-1)),
          votesUntil: reveal.votesUntil,
          isOver,
        });
  const at = clock.now();
  const rows = sent.flatMap((row): NewOutboxRow[] => {
    const { message, outgoing } = row;
    if (!message || outgoing.kind !== 'post') return [];
    const key = `${row.key}:drawn:${reveal.draws + 1}`;
    const { channel, thread } = outgoing;
    return [
      {
        ...about(post, at),
        key,
        what: 'edited answers',
        outgoing: {
          kind: 'edit',
          channel,
          message,
          reply: replyFor(row),
          key,
          ...(thread ? { thread } : {}),
        },
      },
    ];
  });
  return { rows, votes: answers.reduce((sum, each) => sum + each.votes, 0) };
}
