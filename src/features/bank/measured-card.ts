import { isMislabeled, labelOf, type MeasuredDifficulty } from '../../core/practice/difficulty.ts';
import type { Difficulty } from '../../core/questions/schema.ts';
import type { Block } from '../../spine/reply.ts';

/** The measured difficulty of an item that was answered, and what it is if the label says otherwise. */
export function measuredCell(label: Difficulty, measured: MeasuredDifficulty | undefined): string {
  if (!measured || measured.answers === 0) return 'none';
  const value = logits(measured.value);
  return isMislabeled(label, measured) ? `${value}: ${labelOf(measured.value)}` : value;
}

/** The same with its interval, and a note when the label says otherwise. */
export function measuredBlocks(
  label: Difficulty,
  measured: MeasuredDifficulty | undefined,
): Block[] {
  if (!measured || measured.answers === 0) return [];
  const { value, low, high, answers } = measured;
  const from = answers === 1 ? '1 answer' : `${answers} answers`;
  return [
    {
      kind: 'fields',
      fields: [
        {
          label: 'Measured difficulty',
          value: `${logits(value)} (95% interval ${logits(low)} to ${logits(high)}, ${from})`,
        },
      ],
    },
    ...(isMislabeled(label, measured)
      ? [
          {
            kind: 'text',
            text: `This question is labeled ${label}, but your team finds it ${labelOf(value)}.`,
          } satisfies Block,
        ]
      : []),
    {
      kind: 'note',
      text: 'Measured difficulty takes into account who answered, and guessing. Easy is around −1, medium 0, hard 1. With few answers it stays near the label.',
    },
  ];
}

const logits = (value: number) => value.toFixed(1).replace('-0.0', '0.0').replace('-', '−');
