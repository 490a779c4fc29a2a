import type { ItemReport, PointReport } from '../core/interview/item-report.ts';
import { LEVELS, levelOf } from '../core/interview/levels.ts';
import { type CardAt, runAt } from './interview-cards.ts';
import { cut } from './question-card.ts';
import type { Block, Inline, Reply } from './reply.ts';

/** What was recognised in one question, in words that follow the certainty. */
export function feedbackCard(
  item: ItemReport,
  index: number,
  at: CardAt,
  more: { isLast: boolean; unsure: PointReport[] },
): Reply {
  return {
    title: item.isSkipped
      ? `Question ${index + 1}: skipped`
      : `Question ${index + 1}: ${LEVELS[levelOf(item.score)]}`,
    blocks: [
      ...feedbackBlocks(item),
      ...tickBlock(item, index, at, more.unsure),
      {
        kind: 'buttons',
        buttons: [
          {
            label: more.isLast ? 'See the report' : 'Next question',
            run: runAt('go', at),
            style: 'primary',
          },
          { label: 'Model answer', run: `mock model interview:${at.interview} item:${index + 1}` },
          {
            label: 'A verdict is wrong',
            run: `mock contest interview:${at.interview} item:${index + 1}`,
          },
          { label: 'Pause', run: runAt('pause', at) },
        ],
      },
    ],
  };
}

/** Each key point with its verdict, then wrong claims and follow-ups. */
export function feedbackBlocks(
  item: Pick<ItemReport, 'points' | 'redFlags' | 'followUps'> & { isSkipped?: boolean },
): Block[] {
  const missed = item.isSkipped ? '○ Key point: ' : '○ I did not recognise: ';
  const by = (verdict: PointReport['verdict']) =>
    item.points.filter((point) => point.verdict === verdict);
  const blocks: Block[] = [];
  for (const point of by('covered'))
    blocks.push({ kind: 'text', text: [{ bold: '✓ ' }, point.text, ...said(point)] });
  for (const point of by('partly'))
    blocks.push({ kind: 'text', text: [{ bold: '◐ Partly: ' }, point.text, ...said(point)] });
  for (const point of by('contradicted'))
    blocks.push({
      kind: 'text',
      text: [{ bold: '✗ It sounded like the opposite: ' }, point.text, ...said(point)],
    });
  for (const point of by('missed'))
    blocks.push({
      kind: 'text',
      text: [{ bold: point.isSelfAssessed ? '☑ By your own word: ' : missed }, point.text],
    });
  for (const flag of item.redFlags)
    blocks.push({ kind: 'text', text: [{ bold: '✗ Not so: ' }, flag] });
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

function said({ evidence }: PointReport): Inline[] {
  return evidence ? [' ', { italic: `(you: "${cut(evidence, 140)}")` }] : [];
}

function tickBlock(item: ItemReport, index: number, at: CardAt, unsure: PointReport[]): Block[] {
  if (unsure.length === 0 || item.isSkipped) return [];
  return [
    {
      kind: 'select',
      label: 'Did you say one of these?',
      run: `mock tick interview:${at.interview} item:${index + 1}`,
      option: 'points',
      choices: unsure.map((point) => ({ label: cut(point.text, 75), value: point.id })),
      min: 1,
      max: unsure.length,
    },
  ];
}
