import type { ItemReport, PointReport } from '../../core/interview/item-report.ts';
import { cut, SHORT_CHOICE } from '../bank/question-card.ts';
import type { Block, Button } from '../reply.ts';
import type { CardAt } from './cards.ts';

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
      choices: points.map((point) => ({ label: cut(point.text, SHORT_CHOICE), value: point.id })),
      min: 1,
      max: points.length,
    },
  ];
}
