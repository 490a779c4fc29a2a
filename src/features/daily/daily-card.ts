import type { Chapter } from '../../core/catalog.ts';
import type { ScoredQuestion } from '../../core/questions/check-answer.ts';
import type { Question } from '../../core/questions/schema.ts';
import { formatPoints, quarterPoints } from '../../core/scoring/points.ts';
import { type CardPost, labelOf, promptBlocks } from '../../session/question-card.ts';
import type { Inline, Reply } from '../../spine/reply.ts';

/** How long a question stays open when its schedule does not say otherwise. */
export const OPEN_HOURS = 23;

/** When a question closes that stays open until the next one; absent where it is open for `OPEN_HOURS`. */
export type OpenUntil = { closesAt: Date | null };

/** How long a question is open, as its card says it. */
export const formatOpenFor = ({ closesAt }: OpenUntil): Inline[] =>
  closesAt ? ['until ', { time: closesAt, show: 'moment' }] : [`for ${OPEN_HOURS} hours`];

/** What everybody sees in the channel: no options, since their order is each person's own. */
export function dailyCard(post: CardPost & OpenUntil, chapter?: Chapter): Reply {
  const { question } = post;
  return {
    title: 'Daily question',
    blocks: [
      ...promptBlocks(question),
      {
        kind: 'buttons',
        buttons: [{ label: 'Answer', run: `answer post:${post.id}`, style: 'primary' }],
      },
      {
        kind: 'note',
        text: [
          `${labelOf(question, chapter)} · ${worth(question)} points · Open `,
          ...formatOpenFor(post),
          ' · Only you can see your answer',
        ],
      },
    ],
  };
}

/** The same card once its question is over. */
export function closedCard(post: CardPost, answered: number, chapter?: Chapter): Reply {
  return {
    title: 'Daily question',
    blocks: [
      ...promptBlocks(post.question),
      { kind: 'buttons', buttons: [{ label: 'Practice', run: `answer post:${post.id}` }] },
      {
        kind: 'note',
        text: `${labelOf(post.question, chapter)} · Closed · ${answered === 1 ? '1 person' : `${answered} people`} answered`,
      },
    ],
  };
}

/** The card of a question that was taken back. */
export function withdrawnCard(question: Question, note: string): Reply {
  return {
    title: 'Daily question (withdrawn)',
    blocks: [
      ...promptBlocks(question),
      { kind: 'note', text: `Withdrawn: ${note}. It doesn't count for anyone.` },
    ],
  };
}

function worth(question: ScoredQuestion): string {
  return formatPoints(
    quarterPoints({ difficulty: question.difficulty, share: 1, attempt: 1, hints: 0 }),
  );
}
