import { z } from 'zod';
import { FEATURE_NAMES, type FeatureName } from './feature-names.ts';
import { type Evidence, FEATURES, OF_ANSWER } from './features.ts';
import { COVERED, PARTLY } from './levels.ts';
import type { Verdict } from './types.ts';

/** Without a required point an answer is not better than partly there. */
export const WITHOUT_REQUIRED = 0.6;
/** The fitted numbers of `data/grading/weights.json`. */
export const weightsSchema = z.strictObject({
  start: z.number(),
  features: z.record(z.enum(FEATURE_NAMES), z.number()),
  /** What the whole answer adds or takes off at the most. */
  mostOfAnswer: z.number().min(0),
  /** The likelihood from which credit begins, and from which it is full. */
  credit: z.strictObject({ from: z.number(), full: z.number() }),
  /** From this likelihood on, by its own clauses alone, a point is never called missed. */
  stated: z.number(),
});

export type Weights = z.output<typeof weightsSchema>;

/** What each feature adds to the sum behind a likelihood, and what comes of it. */
export type Likelihood = {
  features: Record<FeatureName, number>;
  own: number;
  likelihood: number;
};

/**
 * How likely it is that a run of clauses states a point: logistic regression over the features.
 *
 *     own        = σ(start + Σ weight · feature)            over the features of the clauses themselves
 *     likelihood = σ(… + Σ weight · feature, bounded)       with those of the whole answer
 */
export function likelihoodOf(evidence: Evidence, weights: Weights): Likelihood {
  const features = Object.fromEntries(
    FEATURE_NAMES.map((name) => [name, rounded(weights.features[name] * FEATURES[name](evidence))]),
  ) as Record<FeatureName, number>; // Object.fromEntries forgets the names.
  const sum = (isOfAnswer: boolean) =>
    FEATURE_NAMES.reduce(
      (all, name) => (OF_ANSWER.has(name) === isOfAnswer ? all + features[name] : all),
      0,
    );
  const own = weights.start + sum(false);
  const most = weights.mostOfAnswer;
  return {
    features,
    own: sigmoid(own),
    likelihood: sigmoid(own + Math.max(-most, Math.min(most, sum(true)))),
  };
}

/**
 * The credit for a point, 0 to 1: nothing for an unlikely one, everything for a likely one. What the clauses state by
 * themselves is at least partly covered, whatever the rest of the answer looks like.
 */
export function creditOf(
  { own, likelihood }: Pick<Likelihood, 'own' | 'likelihood'>,
  weights: Weights,
): number {
  const { from, full } = weights.credit;
  const credit = Math.min(1, Math.max(0, (likelihood - from) / (full - from)));
  return own >= weights.stated ? Math.max(PARTLY, credit) : credit;
}

/** The verdict that a credit stands for. */
export function verdictOf(credit: number): Verdict {
  return credit >= COVERED ? 'covered' : credit >= PARTLY ? 'partly' : 'missed';
}

/** To two places, and never a negative zero: it is stored and shown. */
function rounded(value: number): number {
  return Math.round(100 * value) / 100 + 0;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
