import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  attentionWeights,
  crossoverTokens,
  mergeSoftmax,
  ropeWavelength,
  scoreBytes,
} from '../../../../src/core/questions/formulas/attention.ts';
import {
  balanceLoss,
  expertCapacity,
  gatedWidth,
  logitBytes,
} from '../../../../src/core/questions/formulas/blocks.ts';
import { choose, lshChance, passAtK } from '../../../../src/core/questions/formulas/chance.ts';
import {
  bitsOf,
  bitsPerByte,
  perplexity,
  sequencePerplexity,
  textTokens,
} from '../../../../src/core/questions/formulas/likelihood.ts';
import {
  cacheBreakEven,
  calibrationError,
  cascadeCost,
  requestsInFlight,
} from '../../../../src/core/questions/formulas/operations.ts';
import {
  dpoLoss,
  groupAdvantages,
  ppoObjective,
  spread,
} from '../../../../src/core/questions/formulas/preference.ts';
import {
  affineCode,
  affineScale,
  effectiveBits,
  symmetricCode,
  symmetricScale,
} from '../../../../src/core/questions/formulas/quantization.ts';
import {
  keptProbability,
  minPCount,
  softmax,
  topPCount,
} from '../../../../src/core/questions/formulas/sampling.ts';

const FOUR = [0.5, 0.3, 0.15, 0.05];

describe('decoding', () => {
  test.each([
    [1, [0.665, 0.245, 0.09]],
    [0.5, [0.867, 0.117, 0.016]],
    [2, [0.506, 0.307, 0.186]],
  ])('softmax of (2, 1, 0) at temperature %d', (temperature, expected) => {
    const found = softmax([2, 1, 0], temperature);

    for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 3);
  });

  test('top-p counts up to the token that reaches p', () => {
    expect(topPCount(FOUR, 0.9)).toBe(3);
    expect(topPCount(FOUR, 0.99)).toBe(4);
  });

  test('min-p compares with the largest probability', () => {
    // 0.4 × 0.5 = 0.2: the first two pass. 0.2 × 0.5 = 0.1: three pass.
    expect(minPCount(FOUR, 0.4)).toBe(2);
    expect(minPCount(FOUR, 0.2)).toBe(3);
  });

  test('what is kept sums to 1', () => {
    // 0.5 / (0.5 + 0.3 + 0.15) = 0.5 / 0.95 = 0.5263.
    expect(keptProbability(FOUR, 3)).toBeCloseTo(0.5263, 4);
  });
});

describe('likelihood', () => {
  test('a loss of 2 nats', () => {
    expect(perplexity(2)).toBeCloseTo(7.389, 3);
    expect(bitsOf(2)).toBeCloseTo(2.885, 3);
  });

  test('bits per byte divide by the bytes of a token', () => {
    // 2 nats are 2.885 bits; 1,000 tokens over 4,000 bytes are 4 bytes each: 0.7213.
    expect(bitsPerByte({ loss: 2, tokens: 1000, bytes: 4000 })).toBeCloseTo(0.7213, 4);
  });

  test('the perplexity of a sequence is the inverse of the geometric mean', () => {
    // 0.5 × 0.25 × 0.125 = 1/64; the cube root of 64 is 4.
    expect(sequencePerplexity([0.5, 0.25, 0.125])).toBeCloseTo(4, 10);
  });

  test('tokens of a text', () => {
    // 1,000 × 1.3 × 2 = 2,600.
    expect(textTokens({ words: 1000, tokensPerWord: 1.3, languageFactor: 2 })).toBeCloseTo(2600);
  });
});

describe('chance', () => {
  test('choices', () => {
    expect([choose(10, 3), choose(5, 0), choose(4, 5), choose(52, 5)]).toEqual([
      120, 1, 0, 2_598_960,
    ]);
  });

  test('pass@k', () => {
    expect(passAtK({ n: 10, c: 3, k: 2 })).toBeCloseTo(0.5333, 4);
    expect(passAtK({ n: 10, c: 3, k: 1 })).toBeCloseTo(0.3, 10);
  });

  test('banded MinHash', () => {
    expect(lshChance({ similarity: 0.8, rows: 5, bands: 20 })).toBeCloseTo(0.9996, 4);
  });

  test('pass@k grows with k', () => {
    fc.assert(
      fc.property(fc.integer({ min: 4, max: 40 }), fc.integer({ min: 1, max: 3 }), (n, c) => {
        expect(passAtK({ n, c, k: 2 })).toBeGreaterThan(passAtK({ n, c, k: 1 }));
      }),
    );
  });
});

describe('preferences', () => {
  test('DPO at β 0.1 and a difference of 5', () => {
    expect(dpoLoss({ beta: 0.1, chosen: 2, rejected: -3 })).toBeCloseTo(0.474, 3);
  });

  test('advantages of the rewards 1, 0, 0, 1', () => {
    expect(groupAdvantages([1, 0, 0, 1])).toEqual([1, -1, -1, 1]);
    expect(spread([1, 0, 0, 1])).toEqual({ mean: 0.5, deviation: 0.5 });
  });

  test('the clip does not hide a bad action that became likelier', () => {
    expect(ppoObjective({ ratio: 1.5, advantage: -1, epsilon: 0.2 })).toBeCloseTo(-1.5, 10);
    expect(ppoObjective({ ratio: 1.5, advantage: 1, epsilon: 0.2 })).toBeCloseTo(1.2, 10);
    expect(ppoObjective({ ratio: 0.5, advantage: -1, epsilon: 0.2 })).toBeCloseTo(-0.8, 10);
  });

  test('advantages of a group have mean 0 and deviation 1', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 2 }), (rewards) => {
        fc.pre(new Set(rewards).size > 1);
        const { mean, deviation } = spread(groupAdvantages(rewards));
        expect(mean).toBeCloseTo(0, 8);
        expect(deviation).toBeCloseTo(1, 8);
      }),
    );
  });
});

describe('quantization', () => {
  test('INT8 of 0.31 when the largest value is 0.9', () => {
    const scale = symmetricScale(0.9, 8);

    expect(scale).toBeCloseTo(0.00709, 5);
    expect(symmetricCode(0.31, scale)).toBe(44);
  });

  test('affine codes cover the range', () => {
    // (2 - -1) / 15 = 0.2; zero = round(1 / 0.2) = 5; 0.92 / 0.2 = 4.6, rounded 5, plus 5 is 10.
    const found = affineScale({ min: -1, max: 2, bits: 4 });

    expect(found.scale).toBeCloseTo(0.2, 10);
    expect(found.zero).toBe(5);
    expect(affineCode(0.92, { ...found, bits: 4 })).toBe(10);
    expect(affineCode(-1, { ...found, bits: 4 })).toBe(0);
    expect(affineCode(5, { ...found, bits: 4 })).toBe(15);
  });

  test.each([
    ['NF4', { bits: 4, extraBits: 32, group: 64 }, 4.5],
    ['NF4 twice', { bits: 4, extraBits: 8, group: 64, outer: { bits: 32, groups: 256 } }, 4.127],
    ['MXFP4', { bits: 4, extraBits: 8, group: 32 }, 4.25],
    ['NVFP4', { bits: 4, extraBits: 8, group: 16 }, 4.5],
  ])('bits of a weight in %s', (_, request, expected) => {
    expect(effectiveBits(request)).toBeCloseTo(expected, 3);
  });
});

describe('attention', () => {
  test('weights of a query over three keys', () => {
    // d = 16: 8 / 4 = 2, 4 / 4 = 1, 0: the softmax of (2, 1, 0).
    expect(attentionWeights([8, 4, 0], 16)[0]).toBeCloseTo(0.665, 3);
  });

  test('scores of a layer', () => {
    // 2 × 8 × 1,024² × 2 = 33,554,432 bytes, 32 MiB.
    expect(scoreBytes({ sequences: 2, heads: 8, tokens: 1024, bytesPerValue: 2 })).toBe(2 ** 25);
  });

  test('scores cost as much as the block at 6 d, and at 12 d when causal', () => {
    const gpt = { blockParameters: 12 * 4096 ** 2, hidden: 4096 };

    expect(crossoverTokens({ ...gpt, causal: false })).toBe(24_576);
    expect(crossoverTokens({ ...gpt, causal: true })).toBe(49_152);
  });

  test('two blocks of an online softmax', () => {
    // Scores 1 and 1 + ln 2 with values 6 and 3: powers 1 and 2, output (6 + 6) / 3 = 4.
    const merged = mergeSoftmax(
      { max: 1, sum: 1, output: 6 },
      { max: 1 + Math.LN2, sum: 1, output: 3 },
    );

    expect(merged.max).toBeCloseTo(1.693, 3);
    expect(merged.sum).toBeCloseTo(1.5, 10);
    expect(merged.output).toBeCloseTo(4, 10);
  });

  test('merging blocks gives what one pass over all scores gives', () => {
    const score = fc.integer({ min: -5, max: 5 });
    fc.assert(
      fc.property(fc.array(score, { minLength: 1 }), fc.array(score, { minLength: 1 }), (a, b) => {
        const block = (scores: number[]) => {
          const max = Math.max(...scores);
          const powers = scores.map((each) => Math.exp(each - max));
          const sum = powers.reduce((total, each) => total + each, 0);
          const output = powers.reduce((total, each, i) => total + each * (scores[i] ?? 0), 0);
          return { max, sum, output: output / sum };
        };
        expect(mergeSoftmax(block(a), block(b)).output).toBeCloseTo(block([...a, ...b]).output, 8);
      }),
    );
  });

  test('the longest rotary wavelength of a head of 128', () => {
    expect(ropeWavelength({ base: 10_000, headDim: 128, pair: 63 })).toBeCloseTo(54_410, -1);
    expect(ropeWavelength({ base: 10_000, headDim: 128, pair: 0 })).toBeCloseTo(6.283, 3);
  });
});

describe('blocks', () => {
  test('a gated block as large as a plain one of 4 d', () => {
    expect(gatedWidth(4 * 4096)).toBeCloseTo(10_922.67, 2);
  });

  test('logits of eight sequences', () => {
    const bytes = logitBytes({
      sequences: 8,
      tokens: 8192,
      vocabulary: 128_256,
      bytesPerValue: 4,
    });

    expect(bytes / 1e9).toBeCloseTo(33.6, 1);
  });

  test('capacity of an expert', () => {
    expect(expertCapacity({ factor: 1.25, tokens: 4096, active: 2, experts: 8 })).toBe(1280);
    // 1.1 × 10 × 1 / 1 is 11, although the product lies a hair above it.
    expect(expertCapacity({ factor: 1.1, tokens: 10, active: 1, experts: 1 })).toBe(11);
  });

  test('balance loss', () => {
    // 4 × 4 × 0.25 × 0.25 = 1; 2 × (0.75 × 0.6 + 0.25 × 0.4) = 2 × 0.55 = 1.1.
    expect(balanceLoss([0.25, 0.25, 0.25, 0.25], [0.25, 0.25, 0.25, 0.25])).toBe(1);
    expect(balanceLoss([0.75, 0.25], [0.6, 0.4])).toBeCloseTo(1.1, 10);
  });
});

describe('operations', () => {
  test('twenty requests a second for six seconds', () => {
    expect(requestsInFlight(20, 6)).toBe(120);
  });

  test('a cache that costs 1.25 to write and 0.1 to read', () => {
    expect(cacheBreakEven(1.25, 0.1)).toBeCloseTo(0.217, 3);
  });

  test('a cascade', () => {
    // 1 + 0.2 × 10 = 3.
    expect(cascadeCost({ small: 1, large: 10, handedOn: 0.2 })).toBeCloseTo(3, 10);
  });

  test('calibration error over two bins', () => {
    // 60 of 100 at |0.7 - 0.9| = 0.2 and 40 at |0.6 - 0.5| = 0.1: 0.12 + 0.04 = 0.16.
    const bins = [
      { count: 60, confidence: 0.9, accuracy: 0.7 },
      { count: 40, confidence: 0.5, accuracy: 0.6 },
    ];

    expect(calibrationError(bins)).toBeCloseTo(0.16, 10);
  });
});
