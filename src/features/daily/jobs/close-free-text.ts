import type { FreeTextQuestion } from '../../../core/questions/schema.ts';
import { shuffled } from '../../../core/random.ts';
import type { JobContext } from '../../../spine/job.ts';
import type { NewOutboxRow, Post } from '../../../store/schema.ts';
import { closedFreeTextCard } from '../free-text-card.ts';
import { answersCard, keyPointsCard, PAGE } from '../free-text-recap.ts';
import type { ShownAnswer } from '../queries/free-text-answers.ts';
import { closingRow, inThread } from './closing-rows.ts';

/** How long answers can be voted for: shorter than the day after which Discord archives a thread. */
const VOTE_MS = 23 * 3_600_000;

/** Closes a question that was answered in words: its key points, and the answers together. */
export async function closeFreeText(
  { store, clock, catalog, emit }: JobContext,
  post: Post,
  question: FreeTextQuestion,
): Promise<void> {
  const at = clock.now();
  // A withdrawn one ends without a word, and what was answered stays private.
  if (post.state !== 'posted') {
    await store.closePost(post.id, at, []);
    return;
  }
  const votesUntil = new Date(at.getTime() + VOTE_MS);
  const chapter = catalog.chapter(question.chapter);
  const rows = (answers: ShownAnswer[]): NewOutboxRow[] => {
    const card = { id: post.id, question };
    const shown = answers.filter(({ number }) => number !== null).length;
    const recap = keyPointsCard(card, answers, { isOver: false, chapter });
    return [
      inThread(post, at, { what: 'recap', key: `recap:${post.id}`, reply: recap }),
      ...Array.from({ length: Math.ceil(shown / PAGE) }, (_, page) =>
        inThread(post, at, {
          what: 'answers',
          key: `answers:${post.id}:${page}`,
          reply: answersCard(post.id, answers, { page, votesUntil, isOver: false }),
        }),
      ),
      ...closingRow(post, at, closedFreeTextCard(card, answers.length, chapter)),
    ];
  };
  const answered = await store.closeFreeText({
    postId: post.id,
    at,
    votesUntil,
    order: (ids) => shuffled(ids, `answers ${post.id}`),
    rows,
  });
  if (answered !== undefined) emit({ kind: 'closed', post: String(post.id), answered });
}
