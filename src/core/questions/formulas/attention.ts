import { requireCount, requirePositive } from '../../check.ts';
import { softmax } from './sampling.ts';

/**
 * Weights of scaled dot-product attention from the dot products of one query with its keys.
 *
 *     softmax(q · k / √d)
 *
 * @see https://arxiv.org/abs/1706.03762 (section 3.2.1)
 */
export function attentionWeights(products: readonly number[], keyDim: number): number[] {
  requireCount({ keyDim });
  return softmax(products.map((product) => product / Math.sqrt(keyDim)));
}

/** Bytes of the score matrices of one layer that are written out: sequences × heads × tokens² × bytes. */
export function scoreBytes({
  sequences,
  heads,
  tokens,
  bytesPerValue,
}: {
  sequences: number;
  heads: number;
  tokens: number;
  bytesPerValue: number;
}): number {
  requireCount({ sequences, heads, tokens });
  requirePositive({ bytesPerValue });
  return sequences * heads * tokens ** 2 * bytesPerValue;
}

/**
 * Tokens at which attention scores cost as much arithmetic as the matrices of a block.
 *
 *     2 × parameters of the block = 4 × tokens × hidden      half the scores when causal
 *
 * @param blockParameters Matrices of attention and feed-forward block: 12 × hidden² in a plain GPT.
 */
export function crossoverTokens({
  blockParameters,
  hidden,
  causal,
}: {
  blockParameters: number;
  hidden: number;
  causal: boolean;
}): number {
  requirePositive({ blockParameters, hidden });
  const full = (2 * blockParameters) / (4 * hidden);
  return causal ? 2 * full : full;
}

/** What an online softmax keeps of a block: its largest score, the sum of its powers, its output. */
export type SoftmaxBlock = { max: number; sum: number; output: number };

/**
 * Two blocks of an online softmax as one.
 *
 *     m = max(m1, m2), l = l1 e^(m1 - m) + l2 e^(m2 - m)
 *     o = (l1 e^(m1 - m) o1 + l2 e^(m2 - m) o2) / l
 *
 * @see https://arxiv.org/abs/1805.02867 and https://arxiv.org/abs/2205.14135 (section 3.1)
 */
export function mergeSoftmax(one: SoftmaxBlock, other: SoftmaxBlock): SoftmaxBlock {
  const max = Math.max(one.max, other.max);
  const here = one.sum * Math.exp(one.max - max);
  const there = other.sum * Math.exp(other.max - max);
  const sum = here + there;
  return { max, sum, output: (here * one.output + there * other.output) / sum };
}

/**
 * Positions after which a rotary pair has turned once.
 *
 *     wavelength = 2π × base^(2 i / d)
 *
 * @param pair Index i of the pair, from 0 to d / 2 - 1.
 * @see https://arxiv.org/abs/2309.00071 (section 3.2)
 */
export function ropeWavelength({
  base,
  headDim,
  pair,
}: {
  base: number;
  headDim: number;
  pair: number;
}): number {
  requirePositive({ base, headDim });
  return 2 * Math.PI * base ** ((2 * pair) / headDim);
}
