import type { Chapter } from '../../core/catalog.ts';
import { isHeard, type PointReport } from '../../core/interview/item-report.ts';
import { isAllUnread, remarksOn } from '../../core/interview/remarks.ts';
import type { FreeTextQuestion } from '../../core/questions/schema.ts';
import { cut, labelOf, promptBlocks } from '../../session/question-card.ts';
import { firstSentence } from '../../session/result-card.ts';
import { sourceBlocks } from '../../session/solution.ts';
import type { Block, Button, Reply, Text } from '../../spine/reply.ts';
import type { FreeTextAnswer } from '../../store/schema.ts';
import { feedbackBlocks, heardBlocks } from '../interview/feedback.ts';
import { markBlocks } from '../interview/own-marks.ts';
import { remarkLines } from '../interview/remark-words.ts';
import { formatOpenFor, type OpenUntil } from './daily-card.ts';

/** What a card needs to know of a post that is answered in words. */
export type FreeTextPost = { id: number; question: FreeTextQuestion };

/** What everybody sees in the channel. */
export function freeTextCard(post: FreeTextPost & OpenUntil, chapter?: Chapter): Reply {
  return {
    title: 'Free-text question',
    blocks: [
      ...promptBlocks(post.question),
      {
        kind: 'buttons',
        buttons: [{ label: 'Answer', run: `answer words post:${post.id}`, style: 'primary' }],
      },
      {
        kind: 'note',
        text: [
          `${labelOf(post.question, chapter)} · Answer in your own words · Counts for your streak, not points · Open `,
          ...formatOpenFor(post),
          ' · Shared answers appear when it closes',
        ],
      },
    ],
  };
}

/** The same card once its question is over. */
export function closedFreeTextCard(post: FreeTextPost, answered: number, chapter?: Chapter): Reply {
  return {
    title: 'Free-text question',
    blocks: [
      ...promptBlocks(post.question),
      { kind: 'buttons', buttons: [{ label: 'Practice', run: `answer words post:${post.id}` }] },
      {
        kind: 'note',
        text: `${labelOf(post.question, chapter)} · Closed · ${answered === 1 ? '1 person' : `${answered} people`} answered`,
      },
    ],
  };
}

/** The question for one person who has not answered it. */
export function unansweredCard(post: FreeTextPost, note: string): Reply {
  return {
    title: 'Answer in your own words',
    visibility: 'private',
    blocks: [
      ...promptBlocks(post.question),
      {
        kind: 'buttons',
        buttons: [{ label: 'Answer', run: `answer words post:${post.id}`, style: 'primary' }],
      },
      { kind: 'note', text: note },
    ],
  };
}

type Own = Pick<FreeTextAnswer, 'text' | 'grade' | 'ticked' | 'isShown' | 'number'>;

/**
 * What was found in a person's own answer, for that person alone. While the question is open, nothing but their own
 * words is shown: until the close they can be changed, and are read by those who have not answered yet.
 */
export function ownAnswerCard(
  post: FreeTextPost,
  answer: Own,
  view: { state: 'open' | 'closed' | 'practice'; note: Text },
): Reply {
  const { question, id } = post;
  const points = pointsOf(question, answer);
  const isOpen = view.state === 'open';
  const heard = `${points.filter(isHeard).length} of ${points.length} key points heard`;
  return {
    title: view.state === 'practice' ? `Practice: ${heard}` : heard,
    visibility: 'private',
    update: true,
    blocks: [
      ...(isOpen ? openBlocks(points, answer) : closedBlocks(points, answer, question)),
      ...(view.state === 'closed' ? markBlocks(`answer points post:${id}`, points) : []),
      { kind: 'buttons', buttons: ownButtons(post, answer, view.state) },
      { kind: 'note', text: view.note },
    ],
  };
}

const asExchanges = ({ text, grade }: Pick<Own, 'text' | 'grade'>) => [
  { depth: 0, answer: text, grade },
];

/** What was heard, without the labels of the key points, and how much there is still to say. */
function openBlocks(points: readonly PointReport[], answer: Own): Block[] {
  const said = asExchanges(answer);
  const isUnread = isAllUnread(said);
  const heard = points.filter(({ verdict }) => verdict === 'covered' || verdict === 'partly');
  const quotes = heard.map(
    ({ verdict, evidence }): Block => ({
      kind: 'text',
      text: `${verdict === 'covered' ? '✓' : '◐ Partly:'} "${cut(evidence, 50)}"`,
    }),
  );
  return [
    ...remarkLines(remarksOn(said)).map((text): Block => ({ kind: 'text', text })),
    ...quotes,
    ...missedBlocks(heard.length, points.length, isUnread),
  ];
}

/** What was heard and what not, and the gist of a good answer. */
function closedBlocks(
  points: readonly PointReport[],
  answer: Own,
  { explanation }: FreeTextQuestion,
): Block[] {
  const said = asExchanges(answer);
  return [
    ...heardBlocks({ points: [...points], remarks: remarksOn(said), isUnread: isAllUnread(said) }),
    { kind: 'text', text: firstSentence(explanation) },
  ];
}

/** All there is to say of a closed question: the person's own answer with what was heard in it, and the model answer. */
export function freeTextExplanation(
  { question }: FreeTextPost,
  own: Own | undefined,
  chapter?: Chapter,
): Reply {
  const said: Block[] = own
    ? [
        { kind: 'text', text: [{ bold: 'Your answer: ' }, cut(own.text, 300)] },
        ...feedbackBlocks({ points: pointsOf(question, own), followUps: [] }),
      ]
    : [];
  return {
    title: 'Explanation',
    visibility: 'private',
    blocks: [
      ...promptBlocks(question),
      ...said,
      { kind: 'text', text: [{ bold: 'Model answer: ' }, question.modelAnswer] },
      ...sourceBlocks(question, chapter),
      {
        kind: 'buttons',
        buttons: [{ label: 'Report a problem', run: `question report question:${question.id}` }],
      },
    ],
  };
}

function missedBlocks(seen: number, all: number, isUnread: boolean): Block[] {
  if (seen === all) return [];
  if (isUnread)
    return [{ kind: 'text', text: "You'll see all key points when the question closes." }];
  const rest = all - seen === 1 ? '1 key point' : `${all - seen} key points`;
  const words = seen === 0 ? "I haven't heard any key points yet." : `Not heard yet: ${rest}.`;
  return [
    {
      kind: 'text',
      text: `${words} I match wording, so I can miss a good answer. You'll see all key points when the question closes.`,
    },
  ];
}

function ownButtons(
  { id, question }: FreeTextPost,
  { isShown, number }: Own,
  state: 'open' | 'closed' | 'practice',
): Button[] {
  const keep: Button = isShown
    ? { label: 'Hide my answer', run: `answer show post:${id} shown:no` }
    : { label: 'Share my answer', run: `answer show post:${id} shown:yes` };
  if (state === 'open')
    return [
      { label: 'Change answer', run: `answer words post:${id}` },
      keep,
      { label: 'Report a problem', run: `question report question:${question.id}` },
    ];
  const more: Button = { label: 'Explain more', run: `answer reveal post:${id} more:yes` };
  if (state === 'practice')
    return [{ label: 'Practice again', run: `answer words post:${id}` }, more];
  // What was kept back before the close has no place among the others.
  return number === null ? [more] : [keep, more];
}

/** Every key point with what the grade and the person say of it. */
function pointsOf(question: FreeTextQuestion, { grade, ticked }: Own): PointReport[] {
  const found = new Map(grade.points.map((point) => [point.id, point]));
  return question.keyPoints.map(({ id, text, label = text, weight }) => {
    const { verdict = 'missed', evidence = '' } = found.get(id) ?? {};
    return {
      id,
      text,
      label,
      weight,
      verdict,
      isMarked: verdict !== 'covered' && ticked.includes(id),
      evidence,
    };
  });
}
