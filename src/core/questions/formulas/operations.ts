import { requireFraction, requireNotNegative, requirePositive } from '../../check.ts';

/**
 * Requests in a system at once (Little's law): arrivals per second × seconds that each one stays.
 *
 * @see https://doi.org/10.1287/opre.1110.0940 (section 1)
 */
export function requestsInFlight(perSecond: number, seconds: number): number {
  requirePositive({ perSecond, seconds });
  return perSecond * seconds;
}

/**
 * Share of cached reads above which a prompt cache saves money.
 *
 *     (write - 1) / (write - read)
 *
 * @param write Price of writing to the cache, as a multiple of the plain input price; above 1.
 * @param read Price of reading from it, as a multiple; below 1.
 */
export function cacheBreakEven(write: number, read: number): number {
  requireNotNegative({ surcharge: write - 1, read });
  requirePositive({ saving: 1 - read });
  return (write - 1) / (write - read);
}

/**
 * Mean price of a request when a small model answers first and hands some on.
 *
 *     small + share handed on × large
 *
 * @see https://arxiv.org/abs/2305.05176 (section 3)
 */
export function cascadeCost({
  small,
  large,
  handedOn,
}: {
  small: number;
  large: number;
  handedOn: number;
}): number {
  requirePositive({ small, large });
  requireFraction({ handedOn });
  return small + handedOn * large;
}

/** A bin of predictions with like confidence. */
export type CalibrationBin = { count: number; confidence: number; accuracy: number };

/**
 * Expected calibration error: the gap of each bin, weighted by its predictions.
 *
 *     Σ count / all × |accuracy - confidence|
 *
 * @see https://arxiv.org/abs/1706.04599 (section 2)
 */
export function calibrationError(bins: readonly CalibrationBin[]): number {
  const all = bins.reduce((sum, { count }) => sum + count, 0);
  requirePositive({ all });
  return bins.reduce(
    (sum, { count, confidence, accuracy }) => sum + (count / all) * Math.abs(accuracy - confidence),
    0,
  );
}
