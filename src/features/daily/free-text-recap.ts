import type { Chapter } from '../../core/catalog.ts';
import type { FreeTextQuestion } from '../../core/questions/schema.ts';
import { cut } from '../../session/question-card.ts';
import { sourceBlocks } from '../../session/solution.ts';
import type { Block, Inline, Reply } from '../../spine/reply.ts';
import type { ShownAnswer } from './queries/free-text-answers.ts';

/** Answers that one message holds: with their buttons they fit every platform. */
export const PAGE = 8;

/** An answer is cut to this; its author reads the whole of it. */
const LONGEST = 350;

/** At most so many answers are called the best, ties included; one person's vote makes none. */
const BEST = { places: 3, most: 5, votes: 2 };

/** The recap of a question in words: its key points, and the best answers once the votes are counted. */
export function keyPointsCard(
  post: { id: number; question: FreeTextQuestion },
  answers: readonly ShownAnswer[],
  { isOver, chapter }: { isOver: boolean; chapter?: Chapter | undefined },
): Reply {
  const { question } = post;
  const total = answers.length;
  const head =
    total === 0
      ? 'No one answered before it closed.'
      : `${total === 1 ? '1 person' : `${total} people`} answered. I match wording, so the real counts may be higher.`;
  return {
    title: 'Key points',
    blocks: [
      { kind: 'text', text: head },
      ...question.keyPoints.map(
        (point): Block => ({
          kind: 'text',
          text: ['• ', point.text, ...countOf(point.id, answers)],
        }),
      ),
      ...(isOver ? bestBlocks(answers) : []),
      ...sourceBlocks(question, chapter),
      {
        kind: 'buttons',
        buttons: [{ label: 'Compare my answer', run: `answer post:${post.id}` }],
      },
    ],
  };
}

function countOf(pointId: string, answers: readonly ShownAnswer[]): Inline[] {
  if (answers.length === 0) return [];
  const said = answers.filter(({ grade }) =>
    grade.points.some(({ id, verdict }) => id === pointId && verdict === 'covered'),
  ).length;
  return [' ', { italic: `(${said} of ${answers.length})` }];
}

function bestBlocks(answers: readonly ShownAnswer[]): Block[] {
  const voted = answers
    .filter((answer) => isStanding(answer) && answer.votes >= BEST.votes)
    .sort((a, b) => b.votes - a.votes || (a.number ?? 0) - (b.number ?? 0));
  if (voted.length === 0)
    return answers.some(isStanding) ? [{ kind: 'text', text: 'No answer got 2 votes.' }] : [];
  const least = voted[BEST.places - 1]?.votes ?? 0;
  const best = voted.filter(({ votes }) => votes >= least).slice(0, BEST.most);
  return [
    {
      kind: 'text',
      text: {
        bold: best.length === 1 ? 'Best answer by votes' : 'Best answers by votes',
      },
    },
    ...best.map(
      (answer): Block => ({
        kind: 'text',
        text: [{ bold: `${nameOf(answer)}, ${votesOf(answer)}: ` }, words(answer)],
      }),
    ),
  ];
}

/** The answers of one page, together: with a button to vote for each, or with the votes they got. */
export function answersCard(
  postId: number,
  answers: readonly ShownAnswer[],
  { page, votesUntil, isOver }: { page: number; votesUntil: Date; isOver: boolean },
): Reply {
  const first = page * PAGE + 1;
  const numbered = answers.filter(({ number }) => number !== null);
  const last = Math.max(first, ...numbered.map(({ number }) => number ?? 0));
  const numbers = Array.from(
    { length: Math.min(PAGE, last - first + 1) },
    (_, index) => first + index,
  );
  const standing = new Map(answers.filter(isStanding).map((answer) => [answer.number, answer]));
  const open = isOver ? [] : numbers.filter((number) => standing.has(number));
  return {
    title: 'Team answers',
    blocks: [
      ...numbers.map((number) => answerBlock(number, standing.get(number), isOver)),
      ...voteButtons(postId, open),
      {
        kind: 'note',
        text: isOver
          ? 'Voting is over.'
          : [
              'Which answer is best? You get one vote, not for your own. Select another answer to change it. Voting ends ',
              { time: votesUntil, show: 'moment' },
              '.',
            ],
      },
    ],
  };
}

function answerBlock(number: number, answer: ShownAnswer | undefined, isOver: boolean): Block {
  if (!answer) return { kind: 'text', text: [{ bold: `${number}. ` }, 'Hidden by its author.'] };
  // Nobody is shown to have got none.
  const votes = isOver && answer.votes > 0 ? `, ${votesOf(answer)}` : '';
  return {
    kind: 'text',
    text: [{ bold: `${number}. ${nameOf(answer)}${votes}: ` }, words(answer)],
  };
}

function voteButtons(postId: number, numbers: readonly number[]): Block[] {
  if (numbers.length === 0) return [];
  const buttons = numbers.map((number) => ({
    label: `Vote for ${number}`,
    run: `vote post:${postId} number:${number}`,
  }));
  return [{ kind: 'buttons', buttons }];
}

const isStanding = ({ isShown, number }: ShownAnswer) => isShown && number !== null;

const nameOf = ({ isHidden, name }: ShownAnswer) => (isHidden ? 'Someone' : cut(name, 40));

const votesOf = ({ votes }: ShownAnswer) => (votes === 1 ? '1 vote' : `${votes} votes`);

/** One paragraph: lines of one answer must not look like another one. */
const words = ({ text }: ShownAnswer) => cut(text.replace(/\s+/g, ' '), LONGEST);
