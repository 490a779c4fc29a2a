import type { Examiner, Trouble } from '../../core/interview/examiner.ts';
import type { ItemReport } from '../../core/interview/item-report.ts';
import type { Block, Button, Inline } from '../../spine/reply.ts';
import { type CardAt, percent, runAt } from './cards.ts';

const TROUBLES: Record<Trouble, string> = {
  slow: "Your examiner didn't answer in time, so the built-in grader graded this.",
  broken: 'Your examiner is having trouble, so the built-in grader graded this.',
  invented: 'Your examiner quoted nothing from your answer, so the built-in grader graded this.',
  limit: 'Your examiner has reached its limit for now, so the built-in grader graded this.',
};

/** What is said of the examiner before it is wanted: who it is, and where words go. */
export function offerBlocks(examiner: Examiner | undefined): Block[] {
  if (!examiner) return [];
  const { name, isLocal } = examiner;
  const where = isLocal
    ? 'They stay on the machine that runs Warmup.'
    : 'They leave the machine that runs Warmup.';
  return [
    {
      kind: 'text',
      text: [
        `Your examiner (${name}) can grade your answers and ask follow-ups. If you select `,
        { bold: 'Start with examiner' },
        `, it reads this interview's questions and your answers. ${where}`,
      ],
    },
  ];
}

/** Starts with the examiner; every other way in leaves it out. */
export const offerButtons = (examiner: Examiner | undefined, at: CardAt): Button[] =>
  examiner ? [{ label: 'Start with examiner', run: `${runAt('go', at)} examiner:yes` }] : [];

/** What the examiner said of a question beside its grade; each line says whose view it is. */
export function examinerLines(item: Partial<Pick<ItemReport, 'beside'>>): Inline[][] {
  return (item.beside ?? []).flatMap(({ opinion, trouble, score }) => [
    ...(trouble ? [[TROUBLES[trouble]]] : []),
    ...(opinion?.isUnsure
      ? [
          [
            { bold: 'Unsure: ' },
            `your examiner gives this answer ${percent(opinion.score)}, the built-in grader ${percent(score)}. The built-in grade counts.`,
          ],
        ]
      : []),
    ...(opinion?.wrong ?? []).map(({ quote, why, correct }) => [
      { bold: 'Your examiner thinks ' },
      { italic: `"${quote}"` },
      ` is wrong. ${why} ${correct}`,
    ]),
  ]);
}
