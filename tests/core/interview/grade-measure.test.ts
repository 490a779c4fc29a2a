import { expect, test } from 'vitest';
import { fitScoring } from '../../../src/core/interview/grading/fit.ts';
import {
  correlation,
  figuresOf,
  harmOf,
  weightedKappa,
} from '../../../src/core/interview/grading/measure.ts';
import { creditOf, levelOf, SCORING, scoreOf } from '../../../src/core/interview/grading/score.ts';

const row = (score: number, label: number, kind = 'good') => ({ score, label, kind });

test('correlation of a line is 1, of its mirror −1, of a constant 0', () => {
  expect(correlation([row(0, 0), row(0.5, 0.5), row(1, 1)])).toBeCloseTo(1);
  expect(correlation([row(1, 0), row(0.5, 0.5), row(0, 1)])).toBeCloseTo(-1);
  expect(correlation([row(0.5, 0), row(0.5, 1)])).toBe(0);
});

test('kappa is 1 for equal levels and 0 for chance', () => {
  expect(weightedKappa([row(0, 0), row(1, 1)])).toBeCloseTo(1);
  // Levels 0 and 4 against 0 and 4 in all four pairs: observed (0+16+16+0)/4 = 8, expected 8.
  expect(weightedKappa([row(0, 0), row(0, 1), row(1, 0), row(1, 1)])).toBeCloseTo(0);
  // Levels 2, 4 against 0, 4: observed (4+0)/2 = 2, expected (4+4+16+0)/4 = 6, so 1 − 2/6.
  expect(weightedKappa([row(0.5, 0), row(1, 1)])).toBeCloseTo(2 / 3);
});

test('the error is the root of the mean square', () => {
  expect(figuresOf([row(0.5, 0), row(1, 1)]).rmse).toBeCloseTo(Math.sqrt(0.125));
});

test('harm counts gamed, wrong and good answers that were misjudged', () => {
  const rows = [
    row(0.4, 0.1, 'keywords'),
    row(0.3, 0.1, 'keywords'),
    row(0.7, 0, 'wrong'),
    row(0.4, 1),
    row(0.9, 1),
  ];

  expect(harmOf(rows)).toEqual({
    overscored: { count: 1, of: 2 },
    wrongAsGood: { count: 1, of: 3 },
    goodUnderHalf: { count: 1, of: 2 },
  });
});

test.each([
  [0, 0],
  [0.12, 0],
  [0.13, 1],
  [0.5, 2],
  [0.88, 4],
  [1, 4],
])('a score of %s is level %s', (score, level) => {
  expect(levelOf(score)).toBe(level);
});

const seen = (raw: number, mean: number, against = 0) => ({
  raw,
  mean,
  against,
  own: 1,
  common: 0,
  apart: 0,
  hedged: false,
});

function observation(raw: number, words: number) {
  const point = { ...seen(raw, raw), share: 1, required: false, evidence: '', counter: '' };
  return {
    points: [{ ...point, best: undefined, opponent: undefined }],
    claims: [],
    flags: [],
    factor: 1,
    words,
    misstated: 0,
  };
}

test('credit grows with the match, is 0 without one and for a contradiction', () => {
  expect(creditOf({ ...seen(0, 0), own: 0 })).toBe(0);
  expect(creditOf(seen(1, 1))).toBeCloseTo(1);
  expect(creditOf(seen(0.8, 0.5))).toBeGreaterThan(creditOf(seen(0.6, 0.4)));
  expect(creditOf(seen(0.6, 0.4, 0.75))).toBe(0);
  // Nearly as much for as against is no opposite.
  expect(creditOf(seen(0.6, 0.4, 0.66))).toBeGreaterThan(0);
});

test('words that serve another point, the whole topic, or stand far apart prove less', () => {
  const plain = creditOf(seen(0.6, 0.4));
  expect(creditOf({ ...seen(0.6, 0.4), own: 0.3 })).toBeLessThan(plain);
  expect(creditOf({ ...seen(0.6, 0.4), common: 0.4 })).toBeLessThan(plain);
  expect(creditOf({ ...seen(0.6, 0.4), apart: 1 })).toBeLessThan(plain);
});

test('length alone never earns anything', () => {
  const long = (words: number) => scoreOf(observation(0.6, words));
  expect(long(320)).toBe(long(80));
  expect(long(20)).toBe(long(80));
});

test('fitting finds numbers that serve the labels better, the same for the same seed', () => {
  const sample = (raw: number, label: number) => ({
    kind: 'good',
    label,
    seen: observation(raw, 30),
  });
  const answers = [0.2, 0.4, 0.6, 0.8, 1].map((raw) => sample(raw, raw >= 0.8 ? 1 : 0));
  const sets = { answers, exam: answers, others: [], own: [] };

  const fitted = fitScoring(SCORING, sets, { tries: 200, seed: 'a' });

  const error = (scoring: typeof SCORING) =>
    figuresOf(answers.map((each) => row(scoreOf(each.seen, scoring), each.label))).rmse;
  expect(error(fitted)).toBeLessThan(error(SCORING));
  expect(fitScoring(SCORING, sets, { tries: 200, seed: 'a' })).toEqual(fitted);
});
