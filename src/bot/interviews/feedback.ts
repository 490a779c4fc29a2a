import type {
  ClaimReport,
  DoubtReport,
  ItemReport,
  PointReport,
} from '../../core/interview/item-report.ts';
import { cut } from '../bank/question-card.ts';
import type { Block, Button, Inline, Reply } from '../reply.ts';
import { type CardAt, nextButton, runAt } from './cards.ts';
import { remarkLines } from './remark-words.ts';
import { formatLevel, limitWords } from './score-words.ts';

/** What was recognized in one question, in words that follow the certainty, and room for the person's own word on it. */
export function feedbackCard(
  item: ItemReport,
  index: number,
  at: CardAt,
  { isLast }: { isLast: boolean },
): Reply {
  return {
    title: titleOf(item, index + 1),
    blocks: [
      ...feedbackBlocks(item),
      ...ownMarkBlocks(index, at, item),
      {
        kind: 'buttons',
        buttons: [
          nextButton(at, isLast),
          ...questionButtons(item, index, at),
          { label: 'Pause', run: runAt('pause', at) },
          { label: 'End', run: runAt('end', at) },
        ],
      },
      ...shareNote(item),
    ],
  };
}

/** What was not read has no level. */
function titleOf(item: ItemReport, number: number): string {
  if (item.isSkipped) return `Question ${number}: Skipped`;
  return item.isUnread ? `Question ${number}` : `Question ${number}: ${formatLevel(item)}`;
}

/** The ways on from a question that is done: to its model answer, and to share the wording of points marked by oneself. */
export function questionButtons(item: ItemReport, index: number, { interview }: CardAt): Button[] {
  const of = `interview:${interview} item:${index + 1}`;
  return [
    { label: 'Show model answer', run: `mock model ${of}` },
    ...(canShare(item) ? [{ label: 'Share wording', run: `mock contest ${of} consent:yes` }] : []),
    ...(item.shared.length > 0
      ? [{ label: 'Stop sharing', run: `mock contest ${of} consent:no` }]
      : []),
  ];
}

const canShare = (item: ItemReport) => ownMarks(item).some((id) => !item.shared.includes(id));

/** What sharing does, where it is offered. */
export const shareNote = (item: ItemReport): Block[] =>
  canShare(item)
    ? [
        {
          kind: 'note',
          text: 'Share wording lets the question authors read this answer, without your name.',
        },
      ]
    : [];

/** Ids of the points that a person says they made, and of the claims that they say they never made. */
export const ownMarks = ({ points, claims }: Pick<ItemReport, 'points' | 'claims'>): string[] => [
  ...points.filter(({ isSelfAssessed }) => isSelfAssessed).map(({ id }) => id),
  ...claims.filter(({ isDenied }) => isDenied).map(({ id }) => id),
];

/**
 * What is to be said of the form of the answers, why marks and level differ, each key point with its verdict, then wrong
 * claims and follow-ups.
 */
export function feedbackBlocks(
  item: Pick<ItemReport, 'points' | 'followUps'> & {
    claims: readonly Omit<ClaimReport, 'id'>[];
  } & Partial<
      Pick<
        ItemReport,
        | 'remarks'
        | 'taken'
        | 'cappedBy'
        | 'score'
        | 'selfAssessed'
        | 'hasVerdicts'
        | 'isUnread'
        | 'doubts'
      >
    >,
): Block[] {
  const isPlain = item.hasVerdicts === false || item.isUnread;
  const missed = isPlain ? '○ Key point: ' : '○ Not found: ';
  // One's own word stands beside the grade, never in its place.
  const by = (verdict: PointReport['verdict']) =>
    item.points.filter((point) => (point.isSelfAssessed ? 'missed' : point.verdict) === verdict);
  const blocks: Block[] = remarkLines(item.remarks ?? []).map((text) => ({ kind: 'text', text }));
  for (const text of limitWords(item)) blocks.push({ kind: 'text', text });
  for (const point of by('covered'))
    blocks.push({
      kind: 'text',
      text: [
        { bold: markOf(point, point.isLate ? '✓ After a hint from me: ' : '✓ ') },
        point.text,
        ...said(point),
      ],
    });
  for (const point of by('partly'))
    blocks.push({
      kind: 'text',
      text: [
        { bold: markOf(point, point.isLate ? '◐ Partly, after a hint from me: ' : '◐ Partly: ') },
        point.text,
        ...said(point),
      ],
    });
  for (const point of by('contradicted'))
    blocks.push({
      kind: 'text',
      text: [{ bold: '✗ Sounds like the opposite: ' }, point.text, ...said(point)],
    });
  for (const point of by('missed'))
    blocks.push({
      kind: 'text',
      text: [{ bold: point.isSelfAssessed ? '☑ Marked by you: ' : missed }, point.text],
    });
  for (const claim of item.claims)
    blocks.push({
      kind: 'text',
      text: [
        { bold: claim.isDenied ? '☑ Marked by you as not said: ' : '✗ Incorrect claim: ' },
        claim.text,
        ...(claim.isDenied ? [] : said(claim)),
      ],
    });
  blocks.push(...doubtBlocks(item.doubts ?? []));
  for (const { ask, expect, isWon } of item.followUps)
    blocks.push({
      kind: 'text',
      text: [
        { bold: isWon ? '✓ Follow-up: ' : '○ Follow-up: ' },
        `${ask} `,
        { italic: `A good answer: ${expect}` },
      ],
    });
  return blocks;
}

/** What stands before a point that was found. */
const markOf = ({ isTakenBack }: PointReport, found: string): string =>
  isTakenBack ? '☐ Taken back by you: ' : found;

function said({ evidence }: Pick<PointReport, 'evidence'>): Inline[] {
  return evidence ? [' ', { italic: `(you said: "${cut(evidence, 140)}")` }] : [];
}

/** Sentences that may contradict the model answer, beside what it says, where that may be read. */
export const doubtBlocks = (doubts: readonly DoubtReport[]): Block[] =>
  doubts.map(({ evidence, model }) => ({
    kind: 'text',
    text: [
      { bold: 'Check this one: ' },
      `"${cut(evidence, 140)}"`,
      ...(model ? [' ', { italic: `The model answer says: ${cut(model, 300)}` }] : []),
    ],
  }));

/**
 * One's own word on a finished question: on every point that was not found, and on every point and wrong claim that was.
 */
export function ownMarkBlocks(index: number, at: CardAt, report: ItemReport): Block[] {
  if (!report.hasVerdicts) return [];
  const run = runOfMarks(index, at);
  const { points, claims } = report;
  return [
    ...markBlock('I said this', run, [
      ...points.filter((point) => !isCounted(point)),
      ...claims.filter(({ isDenied }) => isDenied),
    ]),
    ...markBlock("I didn't say this", `${run} said:no`, [
      ...points.filter((point) => isCounted(point) || isPartly(point)),
      ...claims.filter(({ isDenied }) => !isDenied),
    ]),
  ];
}

/** Whether a point counts by the person's own word, or else by the grade. */
export const isCounted = ({ verdict, isSelfAssessed, isTakenBack }: PointReport): boolean =>
  isSelfAssessed || (verdict === 'covered' && !isTakenBack);

const isPartly = ({ verdict, isTakenBack }: PointReport) => verdict === 'partly' && !isTakenBack;

const runOfMarks = (index: number, { interview }: CardAt) =>
  `mock tick interview:${interview} item:${index + 1}`;

/** A list of points to choose from; none where there are none. */
export function markBlock(
  label: string,
  run: string,
  points: readonly { id: string; text: string }[],
): Block[] {
  if (points.length === 0) return [];
  return [
    {
      kind: 'select',
      label,
      run,
      option: 'points',
      choices: points.map((point) => ({ label: point.text, value: point.id })),
      min: 1,
      max: points.length,
    },
  ];
}
