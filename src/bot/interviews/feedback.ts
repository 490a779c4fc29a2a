import type { ClaimReport, ItemReport, PointReport } from '../../core/interview/item-report.ts';
import type { Item } from '../../core/interview/state.ts';
import { cut } from '../bank/question-card.ts';
import type { Block, Button, Inline, Reply } from '../reply.ts';
import { type CardAt, nextButton, runAt } from './cards.ts';
import { remarkLines } from './remark-words.ts';
import { formatLevel, limitWords } from './score-words.ts';

/** What was recognized in one question, in words that follow the certainty. */
export function feedbackCard(
  item: ItemReport,
  index: number,
  at: CardAt,
  more: { isLast: boolean; unsure: PointReport[] },
): Reply {
  return {
    title: titleOf(item, index + 1),
    blocks: [
      ...feedbackBlocks(item),
      ...tickBlock(index, at, more.unsure),
      {
        kind: 'buttons',
        buttons: [
          nextButton(at, more.isLast),
          ...verdictButtons(item, index, at),
          { label: 'Pause', run: runAt('pause', at) },
          { label: 'End', run: runAt('end', at) },
        ],
      },
    ],
  };
}

/** What was not read has no level. */
function titleOf(item: ItemReport, number: number): string {
  if (item.isSkipped) return `Question ${number}: Skipped`;
  return item.isUnread ? `Question ${number}` : `Question ${number}: ${formatLevel(item)}`;
}

/** The ways on from the verdicts of a question: to its model answer, and to say that one is wrong. */
export function verdictButtons(item: ItemReport, index: number, { interview }: CardAt): Button[] {
  const of = `interview:${interview} item:${index + 1}`;
  return [
    { label: 'Show model answer', run: `mock model ${of}` },
    ...(contestable(item).points.length + contestable(item).claims.length > 0
      ? [{ label: 'Dispute a grade', run: `mock contest ${of}` }]
      : []),
  ];
}

/**
 * Points that were not recognized, and wrong claims that were; who contested one may do so again, to share the answer or
 * no longer.
 */
export function contestable({ hasVerdicts, points, claims }: ItemReport): {
  points: PointReport[];
  claims: ClaimReport[];
} {
  if (!hasVerdicts) return { points: [], claims: [] };
  return { points: points.filter(({ verdict }) => verdict !== 'covered'), claims };
}

/** Those of them that the grader itself is not sure of, and that are not said by one's own word yet. */
export function unsurePoints(item: Item, report: ItemReport): PointReport[] {
  const unsure = new Set(
    item.exchanges.flatMap(
      ({ grade }) => grade?.points.filter((point) => point.unsure).map(({ id }) => id) ?? [],
    ),
  );
  return contestable(report).points.filter(
    ({ id, verdict, isSelfAssessed }) =>
      !isSelfAssessed && (unsure.has(id) || verdict === 'partly'),
  );
}

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
        'remarks' | 'taken' | 'cappedBy' | 'score' | 'selfAssessed' | 'hasVerdicts' | 'isUnread'
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
      text: [{ bold: markOf(point, '✓ ') }, point.text, ...said(point)],
    });
  for (const point of by('partly'))
    blocks.push({
      kind: 'text',
      text: [{ bold: markOf(point, '◐ Partly: ') }, point.text, ...said(point)],
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
  for (const { text, isDenied } of item.claims)
    blocks.push({
      kind: 'text',
      text: [{ bold: isDenied ? '☑ Marked by you as not said: ' : '✗ Incorrect claim: ' }, text],
    });
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
function markOf({ isTakenBack, isLate }: PointReport, found: string): string {
  return isTakenBack ? '☐ Taken back by you: ' : isLate ? '✓ After a hint from me: ' : found;
}

function said({ evidence }: PointReport): Inline[] {
  return evidence ? [' ', { italic: `(you said: "${cut(evidence, 140)}")` }] : [];
}

/** Asks about the points that the grader is not sure of. */
export function tickBlock(index: number, at: CardAt, unsure: PointReport[]): Block[] {
  return markBlock('Did you make any of these points?', `${runOfMarks(index, at)}`, unsure);
}

/** One's own word on a finished question: on every point that was not found, and on every one that was. */
export function ownMarkBlocks(index: number, at: CardAt, report: ItemReport): Block[] {
  if (!report.hasVerdicts) return [];
  const isCounted = ({ verdict, isSelfAssessed, isTakenBack }: PointReport) =>
    isSelfAssessed || (verdict === 'covered' && !isTakenBack);
  const run = runOfMarks(index, at);
  return [
    ...markBlock(
      'I said this',
      run,
      report.points.filter((point) => !isCounted(point)),
    ),
    ...markBlock("I didn't say this", `${run} said:no`, report.points.filter(isCounted)),
  ];
}

const runOfMarks = (index: number, { interview }: CardAt) =>
  `mock tick interview:${interview} item:${index + 1}`;

function markBlock(label: string, run: string, points: readonly PointReport[]): Block[] {
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
