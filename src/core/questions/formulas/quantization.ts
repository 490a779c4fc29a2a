import { requireCount, requireNotNegative, requirePositive } from '../../check.ts';

/** Step of symmetric quantization: largest absolute value / (2^(bits - 1) - 1). */
export function symmetricScale(largest: number, bits: number): number {
  requirePositive({ largest });
  requireCount({ bits });
  return largest / (2 ** (bits - 1) - 1);
}

/** A value as a whole number of steps: round(value / scale). */
export function symmetricCode(value: number, scale: number): number {
  requirePositive({ scale });
  return Math.round(value / scale);
}

/**
 * Step and zero point of affine quantization.
 *
 *     scale = (max - min) / (2^bits - 1), zero = round(-min / scale)
 *
 * @see https://arxiv.org/abs/1712.05877 (section 2.1)
 */
export function affineScale({ min, max, bits }: { min: number; max: number; bits: number }): {
  scale: number;
  zero: number;
} {
  requirePositive({ range: max - min });
  requireCount({ bits });
  const scale = (max - min) / (2 ** bits - 1);
  return { scale, zero: Math.round(-min / scale) };
}

/** A value's code under affine quantization, kept inside the range: round(value / scale) + zero. */
export function affineCode(
  value: number,
  { scale, zero, bits }: { scale: number; zero: number; bits: number },
): number {
  return Math.min(Math.max(Math.round(value / scale) + zero, 0), 2 ** bits - 1);
}

/**
 * Bits for each weight with its share of the scales.
 *
 *     bits + (scale + zero) / group + outer scale / (group × groups that share one)
 *
 * @param extraBits Bits of the scale, and of the zero point where there is one, of each group.
 * @param outer A second level: the scales themselves are quantized, `groups` of them share a scale.
 * @see https://arxiv.org/abs/2305.14314 (section 3, double quantization)
 */
export function effectiveBits({
  bits,
  extraBits,
  group,
  outer,
}: {
  bits: number;
  extraBits: number;
  group: number;
  outer?: { bits: number; groups: number };
}): number {
  requirePositive({ bits });
  requireNotNegative({ extraBits });
  requireCount({ group });
  return bits + extraBits / group + (outer ? outer.bits / (group * outer.groups) : 0);
}
