import { type ItemReport, isHeard, type PointReport } from '../../core/interview/item-report.ts';
import type { State } from '../../core/interview/state.ts';
import { cut } from '../../session/question-card.ts';
import type { Block, Inline, Reply } from '../../spine/reply.ts';
import { backButtons, type CardAt, givenBlocks, modelButton, nextButton, runAt } from './cards.ts';
import { examinerLines } from './examiner-words.ts';
import { ownMarkBlocks } from './own-marks.ts';
import { remarkLines } from './remark-words.ts';
import { formatLevel, limitWords } from './score-words.ts';

/** Characters of a quote: enough to know one's own sentence again. */
const QUOTE = 60;

/** What was recognized in one question, in words that follow the certainty, and room for the person's own word on it. */
export function feedbackCard(
  item: ItemReport,
  index: number,
  at: CardAt,
  { isLast, state }: { isLast: boolean; state: State },
): Reply {
  return {
    title: titleOf(item, index + 1),
    blocks: [
      ...givenBlocks(state),
      ...feedbackBlocks(item),
      ...ownMarkBlocks(index, at, item),
      {
        kind: 'buttons',
        buttons: [
          nextButton(at, isLast),
          modelButton(index + 1, at),
          ...backButtons(state, at),
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

/**
 * What is to be said of the form of the answers and what limits the level, how many key points were heard, each
 * by its label, with a quote where it was, then
 * follow-ups.
 */
export function feedbackBlocks(
  item: Pick<ItemReport, 'points' | 'followUps'> &
    Partial<
      Pick<ItemReport, 'remarks' | 'mistakes' | 'cappedBy' | 'hasVerdicts' | 'isUnread' | 'beside'>
    >,
): Block[] {
  const isPlain = item.hasVerdicts === false || item.isUnread;
  const missed = isPlain ? '○ Key point: ' : '○ Not heard: ';
  const by = (verdict: PointReport['verdict']) =>
    item.points.filter((point) => (point.isMarked ? 'missed' : point.verdict) === verdict);
  const blocks: Block[] = remarkLines(item.remarks ?? []).map((text) => ({ kind: 'text', text }));
  for (const text of limitWords(item.cappedBy)) blocks.push({ kind: 'text', text });
  if (!isPlain && item.points.length > 0)
    blocks.push({
      kind: 'text',
      text: [{ bold: `Heard ${item.points.filter(isHeard).length} of ${item.points.length}` }],
    });
  for (const point of by('covered'))
    blocks.push({ kind: 'text', text: [{ bold: '✓ ' }, point.label, ...said(point)] });
  for (const { label } of by('partly'))
    blocks.push({ kind: 'text', text: [{ bold: '◐ Partly: ' }, label] });
  for (const { isMarked, label } of by('missed'))
    blocks.push({
      kind: 'text',
      text: [{ bold: isMarked ? '☑ Marked by you: ' : missed }, label],
    });
  for (const text of item.mistakes ?? [])
    blocks.push({ kind: 'text', text: [{ bold: 'A common mistake here: ' }, text] });
  for (const text of examinerLines(item)) blocks.push({ kind: 'text', text });
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

/** The same in a few lines: how many key points were heard, and the labels of each kind in one line. */
export function heardBlocks({
  points,
  remarks,
  isUnread,
}: Pick<ItemReport, 'points' | 'remarks' | 'isUnread'>): Block[] {
  const of = (lead: string, some: readonly PointReport[]): Inline[][] =>
    some.length > 0 ? [[{ bold: lead }, some.map(({ label }) => label).join(' · ')]] : [];
  const open = points.filter((point) => !isHeard(point));
  const lines = [
    ...remarkLines(remarks).map((line) => [line]),
    ...of(
      `✓ Heard ${points.length - open.length} of ${points.length}: `,
      points.filter((point) => isHeard(point) && !point.isMarked),
    ),
    ...of(
      '☑ Marked by you: ',
      points.filter(({ isMarked }) => isMarked),
    ),
    ...of(
      '◐ Partly: ',
      open.filter(({ verdict }) => verdict === 'partly'),
    ),
    ...of(
      isUnread ? '○ Key points: ' : '○ Not heard: ',
      open.filter(({ verdict }) => verdict !== 'partly'),
    ),
  ];
  return lines.map((text) => ({ kind: 'text', text }));
}

function said({ evidence }: Pick<PointReport, 'evidence'>): Inline[] {
  return evidence ? [' ', { italic: `"${cut(evidence, QUOTE)}"` }] : [];
}
