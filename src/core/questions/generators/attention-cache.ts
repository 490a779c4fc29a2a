import { kvCacheSlips } from '../../calculators/common-mistakes.ts';
import { kvCacheSize } from '../../calculators/memory/kv-cache.ts';
import {
  isSoftmax,
  type LayerGroup,
  type ModelShape,
} from '../../calculators/models/model-shape.ts';
import type { Random } from '../../random.ts';
import { GIB } from '../../units.ts';
import { mergeSoftmax } from '../formulas/attention.ts';
import type { Facts, Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';
import { localModels } from './shapes.ts';

type Interleaved = { name: string; shape: ModelShape; local: LayerGroup; global: LayerGroup };

/** A public model with local layers, or half of the time a fictional one. */
function interleaved(random: Random, facts: Facts): Interleaved | undefined {
  const models = localModels(facts);
  const model = models.length > 0 && random() < 0.5 ? oneOf(models, random) : undefined;
  const shape = model?.shape ?? fictional(random);
  const [local, global] = shape.layers;
  if (!local || !global) return undefined;
  return { name: model?.name ?? 'A fictional decoder', shape, local, global };
}

function fictional(random: Random): ModelShape {
  const kvHeads = oneOf([4, 8, 16], random);
  const keyDim = oneOf([64, 128], random);
  const heads = kvHeads * 4;
  const global = between(4, 16, 2, random);
  const feedForward = { kind: 'dense', width: heads * keyDim * 4, gated: true } as const;
  const attention = { heads, kvHeads, keyDim };
  const window = oneOf([512, 1024, 2048, 4096], random);
  return {
    kind: 'decoder',
    hidden: heads * keyDim,
    vocabulary: 128_000,
    tied: false,
    maxContext: 262_144,
    norm: 'rms',
    finalNorms: 1,
    layers: [
      {
        count: global * oneOf([1, 3, 5], random),
        attention: { ...attention, kind: 'window', window },
        feedForward,
        norms: 2,
      },
      { count: global, attention: { ...attention, kind: 'full' }, feedForward, norms: 2 },
    ],
  };
}

/** Cache of a model with local and global layers. */
export const windowCache: Kind = {
  id: 'window-cache',
  chapter: 3,
  topics: ['c3.18', 'c3.17'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'kvCacheSize',
  enemyOf: ['c3-windowed-kv-size'],
  unit: 'GiB',
  accepts: [{ unit: 'GB', factor: 1e9 / GIB }],
  minutes: 4,
  seniority: 'senior',
  idea: "A local layer never looks back further than its window, so it keeps only that many tokens; a global layer keeps all of them. Beyond the window, the cache grows only with the global layers. That's why a few global layers among many local ones make long contexts cheap, and why a formula that ignores windows is off several times over.",
  hints: [
    'The two kinds of layers keep different numbers of tokens.',
    'A local layer stops growing at its window.',
    'For both kinds: layers × KV heads × head size × 2 (keys and values) × 2 bytes × tokens kept.',
  ],
  followUps: [
    {
      ask: "What can global layers do that local ones can't?",
      expect:
        'They read any earlier token directly; local layers pass things on window by window, with losses.',
    },
    {
      ask: 'Which engine detail can undo this saving?',
      expect: 'An engine that gives local layers a full-length cache, as some do for prefix reuse.',
    },
  ],
  references: [
    {
      title: 'Gemma 3 Technical Report',
      year: 2025,
      url: 'arXiv:2503.19786',
      where: 'Section 2, 5:1 interleaving of local and global layers',
    },
  ],
  related: ['c5.24', 'c5.02', 'chapter 5'],
  draft(random, facts) {
    const drawn = interleaved(random, facts);
    const tokens = oneOf([8192, 16_384, 32_768, 65_536, 131_072], random);
    const sequences = oneOf([1, 2, 4, 8, 16, 32], random);
    if (!drawn || !isSoftmax(drawn.local.attention)) return undefined;
    const { name, shape, local, global } = drawn;
    const { window = 0, kvHeads, keyDim } = drawn.local.attention;
    if (tokens > shape.maxContext || tokens < 2 * window) return undefined;
    const request = { shape, tokens, sequences };
    const { bytes } = kvCacheSize(request);
    if (bytes > 500 * GIB) return undefined;
    const perToken = 4 * kvHeads * keyDim * sequences;
    const each = exact(perToken / sequences);
    return {
      prompt: `${name} has ${local.count} local layers (window ${exact(window)}) and ${global.count} global ones, all with ${kvHeads} KV heads of size ${keyDim}. How many GiB does the FP16 cache of ${sequences} ${sequences === 1 ? 'sequence' : 'sequences'} of ${exact(tokens)} tokens take?`,
      answer: bytes / GIB,
      slips: [
        ...kvCacheSlips(request).filter(({ id }) => id !== 'query-heads-for-kv-heads'),
        {
          id: 'windows-everywhere',
          value: perToken * window * (local.count + global.count),
          why: 'gave the global layers a window too',
        },
        {
          id: 'global-layers-alone',
          value: perToken * tokens * global.count,
          why: 'left out what the local layers keep',
        },
      ].map((slip) => ({ ...slip, value: slip.value / GIB })),
      working: `${sequences} × ${each} bytes × (${local.count} × ${exact(window)} + ${global.count} × ${exact(tokens)}) / 1,024³`,
    };
  },
};

/** Output of two blocks of an online softmax. */
export const onlineMerge: Kind = {
  id: 'online-merge',
  chapter: 3,
  topics: ['c3.23', 'c3.14'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'mergeSoftmax',
  enemyOf: ['c3-online-softmax-merge'],
  unit: '',
  minutes: 4,
  seniority: 'staff',
  idea: "Each block took its powers of e relative to its own maximum, so the sums aren't on one scale. Bring both to the larger maximum with the factor e^(own maximum − larger maximum), then average the outputs with these sums as weights. The result is exact, and that's what lets FlashAttention and split decoding work block by block.",
  hints: [
    'The two sums were taken relative to different maxima.',
    'Bring the block with the smaller maximum to the maximum of the other one.',
    'Weight each output with its sum times e^(own maximum − larger maximum), and divide by the total weight.',
  ],
  followUps: [
    {
      ask: 'Why subtract a maximum at all?',
      expect: 'So that no power of e overflows in 16-bit or 32-bit arithmetic.',
    },
    {
      ask: 'Does the order of merging matter?',
      expect: 'Not in exact arithmetic; in floating point the last digits can differ.',
    },
  ],
  references: [
    {
      title: 'Online normalizer calculation for softmax',
      year: 2018,
      url: 'arXiv:1805.02867',
      where: 'Section 3, algorithm 3',
    },
    {
      title: 'FlashAttention: Fast and Memory-Efficient Exact Attention with IO-Awareness',
      year: 2022,
      url: 'arXiv:2205.14135',
      where: 'Section 3.1, decomposition of the softmax',
    },
  ],
  related: ['c2.16', 'c3.16', 'chapter 2'],
  draft(random) {
    const block = () => ({
      max: between(1, 6, 0.5, random),
      sum: between(1, 8, 0.5, random),
      output: between(0.5, 9.5, 0.5, random),
    });
    const one = block();
    const other = block();
    const { max, output } = mergeSoftmax(one, other);
    if (one.max === other.max || one.output === other.output) return undefined;
    const weights = (of: (each: typeof one) => number) =>
      (of(one) * one.output + of(other) * other.output) / (of(one) + of(other));
    const scale = (each: typeof one) => Math.exp(each.max - max);
    const terms = [one, other].map((each) =>
      each.max === max
        ? { weight: `${each.sum}`, output: each.output }
        : { weight: `${each.sum} × e^−${exact(max - each.max)}`, output: each.output },
    );
    const numerator = terms.map((term) => `${term.weight} × ${term.output}`).join(' + ');
    return {
      prompt: `You run online softmax over two blocks. Block 1: maximum ${one.max}, sum of e^(score − maximum) ${one.sum}, output ${one.output}. Block 2: maximum ${other.max}, sum ${other.sum}, output ${other.output}. What's the output over both blocks?`,
      answer: output,
      slips: [
        { id: 'plain-mean', value: weights(() => 1), why: 'averaged the outputs' },
        {
          id: 'weighted-by-sums',
          value: weights(({ sum }) => sum),
          why: "weighted with the sums and didn't bring them to one maximum",
        },
        {
          id: 'weighted-by-maxima',
          value: weights(scale),
          why: 'weighted with the maxima and left out the sums',
        },
        {
          id: 'not-divided',
          value: output * (one.sum * scale(one) + other.sum * scale(other)),
          why: "didn't divide by the total weight",
        },
        {
          id: 'rescaled-the-wrong-way',
          value: weights((each) => each.sum / scale(each)),
          why: 'scaled by e^(larger − own maximum), which is backwards',
        },
      ],
      working: `(${numerator}) / (${terms.map(({ weight }) => weight).join(' + ')})`,
    };
  },
};
