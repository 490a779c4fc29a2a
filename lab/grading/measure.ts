import { levelOf } from '../../src/core/grading/levels.ts';

/** A grade beside its label, both 0 to 1. */
export type Measured = { kind: string; score: number; label: number };

/** What is said about a set of graded answers. */
export type Figures = {
  answers: number;
  correlation: number;
  /** Quadratic weighted kappa over the levels 0 to 4. */
  kappa: number;
  rmse: number;
};

/** Kinds of writers who try to get a grade without an answer. */
const GAMED: ReadonlySet<string> = new Set(
  'keywords buzz buzzword negated injection copy copied shuffled stuffed padding waffle hedge hedging other other-question swapped flipped gamed'.split(
    ' ',
  ),
);

/** Correlation, kappa and error of a set. */
export function figuresOf(rows: readonly Measured[]): Figures {
  return {
    answers: rows.length,
    correlation: correlation(rows),
    kappa: weightedKappa(rows),
    rmse: Math.sqrt(mean(rows.map(({ score, label }) => (score - label) ** 2))),
  };
}

/** The three ways in which a grade does harm: counts of them, each out of those that could. */
export function harmOf(rows: readonly Measured[]) {
  const gamed = rows.filter(({ kind }) => GAMED.has(kind));
  const wrong = rows.filter(({ label }) => label <= 0.2);
  const good = rows.filter(({ label }) => label >= 0.74);
  return {
    overscored: {
      count: gamed.filter(({ score, label }) => score > label + 0.25).length,
      of: gamed.length,
    },
    wrongAsGood: { count: wrong.filter(({ score }) => score >= 0.625).length, of: wrong.length },
    goodUnderHalf: { count: good.filter(({ score }) => score < 0.5).length, of: good.length },
  };
}

/** Pearson's r; 0 when one side does not vary. */
export function correlation(rows: readonly Pick<Measured, 'score' | 'label'>[]): number {
  const score = mean(rows.map((row) => row.score));
  const label = mean(rows.map((row) => row.label));
  let together = 0;
  let first = 0;
  let second = 0;
  for (const row of rows) {
    together += (row.score - score) * (row.label - label);
    first += (row.score - score) ** 2;
    second += (row.label - label) ** 2;
  }
  return first * second === 0 ? 0 : together / Math.sqrt(first * second);
}

/**
 * Cohen's kappa with quadratic weights over the levels 0 to 4.
 *
 *     κ = 1 − Σ (i − j)² observed / Σ (i − j)² expected
 */
export function weightedKappa(rows: readonly Pick<Measured, 'score' | 'label'>[]): number {
  const pairs = rows.map(({ score, label }) => ({ score: levelOf(score), label: levelOf(label) }));
  const observed = mean(pairs.map((pair) => (pair.score - pair.label) ** 2));
  const expected = mean(pairs.flatMap((a) => [mean(pairs.map((b) => (a.score - b.label) ** 2))]));
  return expected === 0 ? 1 : 1 - observed / expected;
}

/** The mean, 0 for no values. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Whether writers of this kind try to get a grade without an answer. */
export function isGamed(kind: string): boolean {
  return GAMED.has(kind);
}
