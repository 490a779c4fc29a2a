import { correlation, mean, weightedKappa } from '../../src/core/grading/agreement.ts';

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

/** Whether writers of this kind try to get a grade without an answer. */
export function isGamed(kind: string): boolean {
  return GAMED.has(kind);
}
