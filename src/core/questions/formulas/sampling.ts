import { requirePositive } from '../../check.ts';

/**
 * Probabilities of logits at a temperature.
 *
 *     p_i = e^(z_i / T) / Σ e^(z_j / T)
 *
 * The largest logit is subtracted first, which changes nothing and keeps e^x small.
 *
 * @throws RangeError when the temperature is not positive.
 */
export function softmax(logits: readonly number[], temperature = 1): number[] {
  requirePositive({ temperature });
  const most = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp((logit - most) / temperature));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * Tokens that top-p keeps: the shortest list from the most likely on whose sum reaches p.
 *
 * @param probabilities In descending order.
 * @see https://arxiv.org/abs/1904.09751
 */
export function topPCount(probabilities: readonly number[], p: number): number {
  requirePositive({ p });
  let sum = 0;
  for (const [index, probability] of probabilities.entries()) {
    sum += probability;
    if (sum >= p) return index + 1;
  }
  return probabilities.length;
}

/**
 * Tokens that min-p keeps: those with at least a share of the largest probability.
 *
 * @param probabilities In descending order.
 * @see https://arxiv.org/abs/2407.01082
 */
export function minPCount(probabilities: readonly number[], share: number): number {
  requirePositive({ share });
  const least = share * Math.max(...probabilities);
  return probabilities.filter((probability) => probability >= least).length;
}

/** Probability of the first of the tokens that are kept, scaled up so that the kept ones sum to 1. */
export function keptProbability(probabilities: readonly number[], count: number): number {
  const kept = probabilities.slice(0, count).reduce((sum, each) => sum + each, 0);
  return (probabilities[0] ?? 0) / kept;
}
