import type { DoubtReport } from '../../core/interview/doubts.ts';
import type { ClaimReport, ItemReport, PointReport } from '../../core/interview/item-report.ts';
import { cut } from '../bank/question-card.ts';
import type { Block, Inline, Reply } from '../reply.ts';
import { type CardAt, nextButton, runAt } from './cards.ts';
import { ownMarkBlocks, questionButtons, shareNote } from './own-marks.ts';
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
      `"${cut(evidence, 300)}"`,
      ...(model ? [' ', { italic: `The model answer says: ${cut(model, 300)}` }] : []),
    ],
  }));
