import { requireCount, requirePositive } from '../../check.ts';

/**
 * Width of a gated feed-forward block with as many parameters as a plain one.
 *
 *     3 × hidden × width = 2 × hidden × plain width
 *
 * @see https://arxiv.org/abs/2002.05202 (section 4)
 */
export function gatedWidth(plainWidth: number): number {
  requirePositive({ plainWidth });
  return (2 * plainWidth) / 3;
}

/** Bytes of the logits of a training step: sequences × tokens × vocabulary × bytes. */
export function logitBytes({
  sequences,
  tokens,
  vocabulary,
  bytesPerValue,
}: {
  sequences: number;
  tokens: number;
  vocabulary: number;
  bytesPerValue: number;
}): number {
  requireCount({ sequences, tokens, vocabulary });
  requirePositive({ bytesPerValue });
  return sequences * tokens * vocabulary * bytesPerValue;
}

/**
 * Tokens that one expert takes from a batch before it drops some.
 *
 *     capacity = ⌈factor × tokens × experts per token / experts⌉
 *
 * @see https://arxiv.org/abs/2101.03961 (equation 3, for one expert per token)
 */
export function expertCapacity({
  factor,
  tokens,
  active,
  experts,
}: {
  factor: number;
  tokens: number;
  active: number;
  experts: number;
}): number {
  requirePositive({ factor });
  requireCount({ tokens, active, experts });
  // A product such as 1.1 × 10 may lie a hair above the whole number that is meant.
  return Math.ceil((factor * tokens * active) / experts - 1e-9);
}

/**
 * Load-balancing loss of a router before its coefficient; 1 when all experts are used alike.
 *
 *     experts × Σ share of tokens × mean router probability
 *
 * @see https://arxiv.org/abs/2101.03961 (equations 4 to 6)
 */
export function balanceLoss(shares: readonly number[], probabilities: readonly number[]): number {
  if (shares.length !== probabilities.length) {
    throw new RangeError(`${shares.length} shares do not match ${probabilities.length} experts`);
  }
  const sum = shares.reduce(
    (total, share, index) => total + share * (probabilities[index] ?? 0),
    0,
  );
  return shares.length * sum;
}
