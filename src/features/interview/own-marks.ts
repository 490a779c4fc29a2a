import { type ItemReport, isHeard, type PointReport } from '../../core/interview/item-report.ts';
import { cut, SHORT_CHOICE } from '../../session/question-card.ts';
import type { Block } from '../../spine/reply.ts';
import type { CardAt } from './cards.ts';

/** The way to mark key points of a finished question, where something was said. */
export const ownMarkBlocks = (index: number, { interview }: CardAt, item: ItemReport): Block[] =>
  item.hasVerdicts
    ? markBlocks(`mock tick interview:${interview} item:${index + 1}`, item.points)
    : [];

/** A list of the key points that don't count yet, to mark those that were said in other words; none where there are none. */
export function markBlocks(run: string, all: readonly PointReport[]): Block[] {
  const points = all.filter((point) => !isHeard(point));
  if (points.length === 0) return [];
  return [
    {
      kind: 'select',
      label: 'I also said …',
      run,
      option: 'points',
      choices: points.map(({ id, label }) => ({ label: cut(label, SHORT_CHOICE), value: id })),
      min: 1,
      max: points.length,
    },
  ];
}
