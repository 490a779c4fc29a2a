import { multipliedParameters, stepFlops } from '../../calculators/speed/compute.ts';
import { GB } from '../../units.ts';
import { logitBytes } from '../formulas/blocks.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';
import { billions, someDense } from './shapes.ts';

/** Arithmetic of one new token after a long context. */
export const tokenFlops: Kind = {
  id: 'token-flops',
  chapter: 2,
  topics: ['c2.18', 'c3.04'],
  difficulty: 'hard',
  format: 'numeric',
  formula: 'stepFlops',
  enemyOf: ['c2-derive-2n-6n'],
  unit: 'GFLOP',
  minutes: 3,
  seniority: 'senior',
  idea: 'Every parameter that a token is multiplied with costs a multiplication and an addition, so 2N total. In addition, every layer scores the new query against all cached keys and sums up the values: 4 × query heads × head size × past tokens. Sharing KV heads saves memory but none of this.',
  hints: [
    'There are two parts: the weights, and the attention over the context.',
    'A multiplication and its addition count as two operations.',
    'The attention part is 4 × layers × context × query heads × head size.',
  ],
  followUps: [
    {
      ask: 'At what context length do both parts cost the same?',
      expect: 'Where 4 × layers × context × heads × head size equals 2N.',
    },
    {
      ask: 'Why is decoding slow although this is little arithmetic?',
      expect: 'It has to read all weights and the cache; memory traffic sets the time.',
    },
  ],
  references: [
    {
      title: 'Scaling Laws for Neural Language Models',
      year: 2020,
      url: 'arXiv:2001.08361',
      where: 'Section 2.1 and Table 1',
    },
  ],
  related: ['c5.24', 'chapter 3', 'chapter 5'],
  draft(random, facts) {
    const { name, shape, layers, attention } = someDense(random, facts);
    const tokens = oneOf([8192, 16_384, 32_768, 65_536, 131_072], random);
    if (tokens > shape.maxContext) return undefined;
    const { body, head } = multipliedParameters(shape);
    const { heads, kvHeads, keyDim } = attention;
    const weights = 2 * (body + head);
    const scores = (some: number) => 4 * layers * tokens * some * keyDim;
    const giga = (flops: number) => flops / 1e9;
    return {
      prompt: `${name} multiplies every token with ${billions(body + head)} parameters. It has ${layers} layers with ${heads} query and ${kvHeads} KV heads of size ${keyDim}. How many GFLOP (10⁹ operations) does one new token cost after ${exact(tokens)} tokens of context, attention included?`,
      answer: giga(stepFlops(shape, tokens)),
      slips: [
        {
          id: 'without-attention',
          value: giga(weights),
          why: 'left out the attention over the context',
        },
        {
          id: 'kv-heads',
          value: giga(weights + scores(kvHeads)),
          why: 'used the KV heads; every query head scores all keys',
        },
        {
          id: 'scores-alone',
          value: giga(weights + scores(heads) / 2),
          why: 'counted the scores and forgot the sum over the values',
        },
        {
          id: 'one-operation',
          value: giga((weights + scores(heads)) / 2),
          why: 'counted a multiplication and its addition as one operation',
        },
        {
          id: 'training',
          value: giga(3 * weights + scores(heads)),
          why: 'took 6N, which is training with its backward pass',
        },
      ],
      working: `(2 × ${exact(Number(((body + head) / 1e9).toPrecision(3)))} × 10⁹ + 4 × ${layers} × ${exact(tokens)} × ${heads} × ${keyDim}) / 10⁹`,
    };
  },
};

const FORMATS = [
  { name: 'FP32', bytes: 4 },
  { name: 'BF16', bytes: 2 },
] as const;

/** Memory of the logits of a training step. */
export const logitsMemory: Kind = {
  id: 'logits-memory',
  chapter: 2,
  topics: ['c2.19'],
  difficulty: 'easy',
  format: 'single',
  isEven: true,
  formula: 'logitBytes',
  enemyOf: ['c2-logits-memory'],
  unit: 'GB',
  minutes: 2,
  seniority: 'mid',
  idea: "Training predicts the next token at every position, so there's one logit per position and vocabulary entry. With vocabularies above 100,000, this one tensor is larger than most activations, and its gradient needs the same again. Fused or chunked losses compute it piece by piece and never hold all of it.",
  hints: [
    'The tensor has three axes.',
    'Training needs a prediction at every position, not only at the last one.',
    'Multiply sequences, tokens, vocabulary entries, and bytes per value.',
  ],
  followUps: [
    {
      ask: 'How large are the logits when you read a prompt only for its next token?',
      expect: 'One row per sequence: the earlier positions need no prediction.',
    },
    {
      ask: 'How does a chunked cross-entropy avoid the tensor?',
      expect:
        'It computes the logits for a few tokens at a time, keeps the loss, and computes them again for the gradient.',
    },
  ],
  references: [
    {
      title: 'Cut Your Losses in Large-Vocabulary Language Models',
      year: 2024,
      url: 'arXiv:2411.09009',
      where: 'Sections 1 and 4 (Cut Cross-Entropy)',
    },
  ],
  related: ['c6.21', 'c8.03', 'chapter 8'],
  draft(random) {
    const sequences = oneOf([2, 4, 8, 16, 32], random);
    const tokens = oneOf([1024, 2048, 4096, 8192], random);
    const vocabulary = oneOf([32_000, 50_257, 100_352, 128_256, 151_936, 200_064, 256_000], random);
    const format = oneOf(FORMATS, random);
    const hidden = between(2048, 8192, 1024, random);
    const bytes = logitBytes({ sequences, tokens, vocabulary, bytesPerValue: format.bytes });
    const gb = (value: number) => value / GB;
    return {
      prompt: `A training step has ${sequences} sequences of ${exact(tokens)} tokens, hidden size ${exact(hidden)}, and a vocabulary of ${exact(vocabulary)}. It keeps all logits in ${format.name}. How many GB (10⁹ bytes) is that tensor?`,
      answer: gb(bytes),
      slips: [
        {
          id: 'other-precision',
          value: gb(format.bytes === 4 ? bytes / 2 : bytes * 2),
          why: `counted ${format.bytes === 4 ? 2 : 4} bytes per ${format.name} value`,
        },
        { id: 'one-sequence', value: gb(bytes / sequences), why: 'counted one sequence' },
        {
          id: 'bits-for-bytes',
          value: gb(bytes * 8),
          why: 'multiplied by bits instead of bytes',
        },
        {
          id: 'hidden-for-vocabulary',
          value: gb((bytes / vocabulary) * hidden),
          why: 'used the hidden size instead of the vocabulary',
        },
        {
          id: 'with-gradient',
          value: gb(2 * bytes),
          why: 'counted the gradient of the logits too',
        },
        {
          id: 'no-bytes',
          value: gb(bytes / format.bytes),
          why: 'counted values and forgot the bytes per value',
        },
      ].filter(({ value }) => value >= 0.01),
      newSlips: [
        {
          id: 'with-softmax-and-gradient',
          value: gb(4 * bytes),
          why: 'counted the softmax, the loss, and the gradient too, each as large as the logits',
        },
        {
          id: 'sequences-twice',
          value: gb(bytes * sequences),
          why: 'multiplied by the sequences twice',
        },
        { id: 'half-a-byte', value: gb(bytes / 8), why: 'divided by 8 as if these were bits' },
        {
          id: 'too-few-bytes',
          value: gb(bytes / 4),
          why: `counted ${format.bytes / 4} bytes per ${format.name} value`,
        },
      ],
      working: `${sequences} × ${exact(tokens)} × ${exact(vocabulary)} × ${format.bytes} / 10⁹`,
    };
  },
};
