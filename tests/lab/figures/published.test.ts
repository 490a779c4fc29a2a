import { expect, test } from 'vitest';
import { compareFigure } from '../../../lab/figures/published.ts';
import { FIGURES, GPUS, LATENCY, MODELS } from '../../core/calculators/models/known.ts';

const KNOWN = { models: MODELS, gpus: GPUS, LATENCY, latency: LATENCY };

test.each(FIGURES.map((figure) => ({ ...figure })))(
  '$what is within $tolerancePercent % of $published ($source)',
  (figure) => {
    const { errorPercent } = compareFigure(figure, KNOWN);

    expect(Math.abs(errorPercent)).toBeLessThanOrEqual(figure.tolerancePercent + 1e-9);
  },
);

test('measured decoding stays below the roofline', () => {
  // Reading all weights at the full bandwidth is the most that a card can do at batch 1.
  const measured = FIGURES.filter(({ measure }) => measure.calculator === 'decode-speed');

  for (const figure of measured) {
    const { ours } = compareFigure(figure, KNOWN);
    expect(ours / 0.65).toBeGreaterThan(figure.published);
  }
  expect(measured.length).toBe(2);
});

test('measured fine-tuning runs are within 7 %', () => {
  const runs = FIGURES.filter(({ measure }) => measure.calculator === 'training-memory');

  for (const figure of runs) {
    expect(Math.abs(compareFigure(figure, KNOWN).errorPercent), figure.id).toBeLessThan(7);
  }
  expect(runs.length).toBeGreaterThanOrEqual(20);
});
