import { calibrationError } from '../formulas/operations.ts';
import type { Kind } from './generator.ts';
import { between, exact } from './numbers.ts';

/** Calibration error over three bins. */
export const calibrationErrorKind: Kind = {
  id: 'calibration-error',
  chapter: 9,
  topics: ['c9.10', 'c9.08'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'calibrationError',
  unit: '%',
  minutes: 4,
  seniority: 'senior',
  idea: "Sort the answers into bins by the model's stated confidence. In each bin, take the absolute gap between the confidence and the share of right answers, then average the gaps weighted by the number of answers. So overconfidence and underconfidence add up and don't cancel each other out.",
  hints: [
    'Compare two numbers in each bin.',
    'Bins with more answers count for more.',
    "Weight each absolute gap by its bin's share of all answers, and add them up.",
  ],
  followUps: [
    {
      ask: 'A model is always 60% sure and right in 60% of all cases. Is that useful?',
      expect: "It's calibrated, but its confidence can't tell right answers from wrong ones.",
    },
    {
      ask: 'Does temperature scaling change which answer is chosen?',
      expect: 'No. It keeps the order and changes only the stated confidence.',
    },
  ],
  references: [
    {
      title: 'On Calibration of Modern Neural Networks',
      year: 2017,
      url: 'arXiv:1706.04599',
      where: 'section 2 (reliability diagrams and expected calibration error)',
    },
  ],
  related: ['c1.20', 'chapter 1'],
  draft(random) {
    const bins = [
      { confidence: between(85, 95, 5, random) },
      { confidence: between(65, 80, 5, random) },
      { confidence: between(45, 60, 5, random) },
    ].map(({ confidence }) => {
      const count = between(20, 120, 10, random);
      const share = (confidence + between(-30, 12, 1, random)) / 100;
      return { confidence, count, right: Math.round(count * share) };
    });
    if (bins.some(({ count, right }) => right < 1 || right >= count)) return undefined;
    const gaps = bins.map(({ confidence, count, right }) => (100 * right) / count - confidence);
    const all = bins.reduce((sum, { count }) => sum + count, 0);
    const rightShare = (100 * bins.reduce((sum, { right }) => sum + right, 0)) / all;
    const weighted = (of: (gap: number) => number) =>
      bins.reduce((sum, { count }, index) => sum + (count / all) * of(gaps[index] ?? 0), 0);
    const answer =
      100 *
      calibrationError(
        bins.map(({ confidence, count, right }) => ({
          count,
          confidence: confidence / 100,
          accuracy: right / count,
        })),
      );
    if (answer < 3) return undefined;
    const lines = bins.map(
      ({ confidence, count, right }) => `${confidence}%: ${count} answers, ${right} right`,
    );
    return {
      prompt: `A model states its confidence. ${lines.join('. ')}. What's the expected calibration error over these three bins, in %?`,
      answer,
      slips: [
        {
          id: 'unweighted',
          value: gaps.reduce((sum, gap) => sum + Math.abs(gap), 0) / 3,
          why: 'averaged the gaps without weighting them by the answers',
        },
        {
          id: 'cancelled',
          value: Math.abs(weighted((gap) => gap)),
          why: 'let overconfidence and underconfidence cancel out',
        },
        {
          id: 'largest-gap',
          value: Math.max(...gaps.map(Math.abs)),
          why: 'used only the largest gap',
        },
        { id: 'error-rate', value: 100 - rightShare, why: 'gave the share of wrong answers' },
        {
          id: 'squared',
          value: Math.sqrt(weighted((gap) => gap ** 2)),
          why: 'squared the gaps and took the root',
        },
        {
          id: 'summed',
          value: gaps.reduce((sum, gap) => sum + Math.abs(gap), 0),
          why: 'added the gaps',
        },
      ],
      working: bins
        .map(
          ({ confidence, count, right }) =>
            `${count} / ${all} × |${exact(Number(((100 * right) / count).toFixed(1)))} − ${confidence}|`,
        )
        .join(' + '),
    };
  },
};
