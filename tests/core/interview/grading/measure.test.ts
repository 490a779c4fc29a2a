import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  correlation,
  figuresOf,
  harmOf,
  weightedKappa,
} from '../../../../src/core/interview/grading/measure.ts';
import {
  creditOf,
  levelOf,
  scoreOf as scoreBy,
  THOROUGH,
} from '../../../../src/core/interview/grading/score.ts';
import { fitScoring } from '../../../../src/tools/grading/logistic-fit.ts';

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

const clues = (best: number, mean = best) => ({
  mean,
  best,
  strong: Math.max(0, best - 0.65),
  own: 1,
  common: 0,
  apart: 0,
});

const whole = {
  asked: 0.2,
  tens: 0.4,
  bare: 0,
  vague: 0,
  gates: 0,
  meanMatch: 0.6,
  bestMatch: 0.8,
  listed: 0,
  misplaced: 0,
  exchanged: 0,
  turned: 0,
  denying: 0,
  leaning: 0,
  elsewhere: 0,
  mixed: 0,
  field: 0,
  swapGain: 0,
};

const credit = (point: Partial<ReturnType<typeof clues>>, answer: Partial<typeof whole> = {}) =>
  creditOf(
    { clues: { ...clues(0.55, 0.28), ...point }, isTurned: false, isHedged: false },
    { ...whole, ...answer },
    THOROUGH,
  );

const scoreOf = (seen: ReturnType<typeof observation>) => scoreBy(seen, THOROUGH);

/** An answer that meets the only point so well. */
function observation(best: number) {
  const point = {
    share: 1,
    required: false,
    clues: clues(best),
    isOpposed: false,
    isTurned: false,
    isHedged: false,
    evidence: '',
    counter: '',
  };
  return { points: [point], clues: whole, claims: [], deducted: 0, flags: [], factor: 1 };
}

/** An answer that surely says so much of a full one, and nothing else. */
function saying(share: number) {
  const seen = observation(1);
  const points = seen.points.flatMap((point) => [
    { ...point, share },
    { ...point, share: 1 - share, clues: clues(0) },
  ]);
  return { ...seen, points };
}

test('credit grows with the match and is 0 without one, however good the rest is', () => {
  expect(credit(clues(0), { meanMatch: 1, bestMatch: 1 })).toBe(0);
  expect(credit(clues(1))).toBeCloseTo(1);
  expect(credit(clues(0.5, 0.4))).toBeGreaterThan(credit(clues(0.4, 0.3)));
});

test('words that serve another point, the whole topic, or stand far apart prove less', () => {
  expect(credit({ own: 0.3 })).toBeLessThan(credit({}));
  expect(credit({ common: 0.4 })).toBeLessThan(credit({}));
  expect(credit({ apart: 1 })).toBeLessThan(credit({}));
});

test('what speaks against the answer as a whole lowers every point', () => {
  expect(credit({}, { vague: 0.1 })).toBeLessThan(credit({}));
  expect(credit({}, { misplaced: 0.5 })).toBeLessThan(credit({}));
  expect(credit({}, { exchanged: 0.4 })).toBeLessThan(credit({}));
  expect(credit({}, { turned: 0.5 })).toBeLessThan(credit({}));
  expect(credit({}, { denying: 0.2 })).toBeLessThan(credit({}));
  expect(credit({}, { listed: 0.4 })).toBeLessThan(credit({}));
  expect(credit({}, { mixed: 0.2 })).toBeLessThan(credit({}));
  expect(credit({}, { leaning: 0.2 })).toBeLessThan(credit({}));
  expect(credit({}, { swapGain: 0.2 })).toBeLessThan(credit({}));
  expect(credit({}, { asked: 0.8 })).toBeLessThan(credit({}));
});

test('doubt rounds down: a start up to one half, not solid up to three quarters', () => {
  const level = (share: number) => levelOf(scoreOf(saying(share)));

  expect([0.05, 0.2, 0.35, 0.49].map(level)).toEqual([0, 1, 1, 1]);
  expect([0.5, 0.6, 0.74].map(level)).toEqual([2, 2, 2]);
  expect([0.75, 0.85, 0.95, 1].map(level)).toEqual([3, 3, 4, 4]);
});

test('shares that add up to three quarters but for rounding are three quarters', () => {
  const seen = saying(0.75);
  const [said, missing] = seen.points;
  if (!said || !missing) throw new Error('two points');
  const shares = [3 / 12, 4 / 12, 2 / 12];
  const points = [...shares.map((share) => ({ ...said, share })), missing];

  expect(shares.reduce((sum, share) => sum + share, 0)).toBeLessThan(0.75);
  expect(levelOf(scoreOf({ ...seen, points }))).toBe(3);
});

test('who says more is never worse off', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });

  fc.assert(
    fc.property(share, share, (one, other) => {
      const [less, more] = [Math.min(one, other), Math.max(one, other)];
      expect(scoreOf(saying(less))).toBeLessThanOrEqual(scoreOf(saying(more)));
    }),
  );
});

test('red flags take their part off the credits', () => {
  const seen = observation(1);

  expect(scoreOf({ ...seen, deducted: 0.2 })).toBeCloseTo(0.8);
  expect(scoreOf({ ...seen, deducted: 0.3 })).toBeLessThan(0.625);
});

test('fitting finds weights that serve the labels, the same for the same answers', () => {
  const sample = (best: number, label: number) => ({
    kind: 'good',
    label,
    counts: 1,
    seen: observation(best),
  });
  const answers = [0.2, 0.4, 0.6, 0.8, 1].map((best) => sample(best, best >= 0.8 ? 1 : 0));

  const fitted = fitScoring(answers, 300);

  const scores = answers.map(({ seen }) => scoreBy(seen, { ...fitted, power: 1.5 }));
  expect(scores.slice(0, 3).every((score) => score < 0.3)).toBe(true);
  expect(scores.slice(3).every((score) => score > 0.7)).toBe(true);
  expect(fitScoring(answers, 300)).toEqual(fitted);
});

test('what speaks against a claim never comes to speak for it', () => {
  const vague = ({ label, share }: { label: number; share: number }) => {
    const seen = observation(0.5);
    return {
      kind: 'good',
      label,
      counts: 1,
      seen: { ...seen, clues: { ...seen.clues, vague: share, tens: share } },
    };
  };
  const answers = [
    vague({ label: 1, share: 0.3 }),
    vague({ label: 1, share: 0.2 }),
    vague({ label: 0, share: 0 }),
    vague({ label: 0, share: 0 }),
  ];

  const { answer } = fitScoring(answers, 300);

  expect(answer.vague).toBeLessThanOrEqual(0);
  expect(answer.tens).toBeGreaterThan(0);
});
