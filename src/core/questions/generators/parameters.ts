import { parameterSlips } from '../../calculators/common-mistakes.ts';
import { ropeWavelength } from '../formulas/attention.ts';
import { gatedWidth } from '../formulas/blocks.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';
import { someDense } from './shapes.ts';

/** Parameters of a decoder from its configuration. */
export const parameterCount: Kind = {
  id: 'parameter-count',
  chapter: 2,
  topics: ['c2.17', 'c2.13'],
  difficulty: 'hard',
  format: 'single',
  formula: 'countParameters',
  enemyOf: ['c2-params-llama-1b', 'c2-where-parameters'],
  unit: 'billion',
  minutes: 4,
  seniority: 'senior',
  idea: "A gated block has three matrices of hidden size times width and makes up most of a layer. Attention has a query and an output matrix as wide as all query heads, and key and value matrices only as wide as the KV heads. Outside the layers there's the embedding table and, if it isn't tied, an output matrix of the same size.",
  hints: [
    'Add three parts: vocabulary tables, attention, feed-forward.',
    'Key and value matrices follow the KV heads; a gated block has one more matrix than a plain one.',
    'Add up one layer, multiply by the layers, then add the table once or twice.',
  ],
  followUps: [
    {
      ask: 'Which part grows when the vocabulary doubles, and does it slow the model down?',
      expect:
        'The tables. The input table is a lookup; the output matrix costs arithmetic for every token.',
    },
    {
      ask: 'What do fewer KV heads save besides parameters?',
      expect: 'Cache: every token keeps keys and values only for the KV heads.',
    },
  ],
  references: [
    {
      title: 'The Llama 3 Herd of Models',
      year: 2024,
      url: 'arXiv:2407.21783',
      where: 'Table 3, key hyperparameters',
    },
    {
      title: 'GLU Variants Improve Transformer',
      year: 2020,
      url: 'arXiv:2002.05202',
      where: 'Section 2, equations 5 and 6',
    },
  ],
  related: ['c3.12', 'c8.01', 'chapter 8'],
  draft(random, facts) {
    const { name, shape, layers, attention, parameters } = someDense(random, facts);
    const [group] = shape.layers;
    if (group?.feedForward.kind !== 'dense' || !group.feedForward.gated) return undefined;
    const { hidden, vocabulary, tied } = shape;
    const { heads, kvHeads, keyDim } = attention;
    const { width } = group.feedForward;
    return {
      prompt: `${name} has ${layers} layers, hidden size ${exact(hidden)}, ${heads} query and ${kvHeads} KV heads of size ${keyDim}, a gated FFN of width ${exact(width)}, and ${exact(vocabulary)} vocabulary entries with ${tied ? 'tied' : 'separate'} input and output tables. How many parameters does it have?`,
      answer: parameters / 1e9,
      slips: [
        ...parameterSlips(shape),
        {
          id: 'bytes-for-parameters',
          value: 2 * parameters,
          why: 'gave the bytes in 16-bit; each parameter counts once',
        },
        {
          id: 'bits-of-fp32',
          value: 4 * parameters,
          why: 'gave the bytes in 32-bit; each parameter counts once',
        },
        {
          id: 'plain-feed-forward',
          value: parameters - layers * hidden * width,
          why: 'counted two matrices in the feed-forward block; a gated one has three',
        },
      ].map((slip) => ({ ...slip, value: slip.value / 1e9 })),
      newSlips: [
        {
          id: 'one-feed-forward-matrix',
          value: parameters - 2 * layers * hidden * width,
          why: 'counted one matrix in the feed-forward block; a gated one has three',
        },
        {
          id: 'no-attention',
          value: parameters - 2 * layers * hidden * keyDim * (heads + kvHeads),
          why: 'left out the attention matrices',
        },
        {
          id: 'no-feed-forward',
          value: parameters - 3 * layers * hidden * width,
          why: 'left out the feed-forward block',
        },
        {
          id: 'fourth-matrix',
          value: parameters + layers * hidden * width,
          why: 'counted a fourth matrix in the feed-forward block; a gated one has three',
        },
      ].map((slip) => ({ ...slip, value: slip.value / 1e9 })),
      latestSlips: [
        {
          id: 'two-feed-forwards',
          value: parameters + 3 * layers * hidden * width,
          why: 'counted two feed-forward blocks per layer',
        },
        {
          id: 'cross-attention',
          value: parameters + 2 * layers * hidden * keyDim * (heads + kvHeads),
          why: 'gave each layer cross-attention as well, which a decoder does without',
        },
      ].map((slip) => ({ ...slip, value: slip.value / 1e9 })),
      working: `${tied ? '' : '2 × '}${exact(vocabulary)} × ${exact(hidden)} + ${layers} × (2 × ${exact(hidden)} × ${keyDim} × (${heads} + ${kvHeads}) + 3 × ${exact(hidden)} × ${exact(width)})`,
    };
  },
};

/** Width of a gated block with the parameters of a plain one. */
export const gatedWidthKind: Kind = {
  id: 'gated-width',
  chapter: 2,
  topics: ['c2.14', 'c2.13'],
  difficulty: 'easy',
  format: 'single',
  isEven: true,
  formula: 'gatedWidth',
  unit: '',
  minutes: 1,
  seniority: 'mid',
  idea: 'A plain block has two matrices, one up and one down. A gated block has a second one up, whose output decides how much of the first gets through. With three matrices instead of two, the width has to shrink to two thirds for the same number of parameters, and real configurations round it to a multiple that suits the hardware.',
  hints: [
    'Count the matrices of both blocks.',
    'Each matrix has hidden size times width entries.',
    'Set three times the new width equal to two times the old one.',
  ],
  followUps: [
    {
      ask: 'Why do some models choose a wider gated block anyway?',
      expect:
        'Equal size is a choice for comparisons. A larger block buys quality with parameters and compute.',
    },
    {
      ask: 'Why is the result rounded up in real configurations?',
      expect: 'Matrix kernels and tensor parallelism like multiples of 128 or 256.',
    },
  ],
  references: [
    {
      title: 'GLU Variants Improve Transformer',
      year: 2020,
      url: 'arXiv:2002.05202',
      where: 'Section 2, equations 5 and 6; Section 4',
    },
  ],
  related: ['c2.17', 'c4.21', 'chapter 4'],
  draft(random) {
    const hidden = between(1024, 16_384, 128, random);
    const times = oneOf([3, 4, 5, 6], random);
    const plain = times * hidden;
    return {
      prompt: `A plain feed-forward block at hidden size ${exact(hidden)} is ${times} times as wide. Which width gives a gated block (SwiGLU, three matrices) the same number of parameters?`,
      answer: gatedWidth(plain),
      slips: [
        { id: 'same-width', value: plain, why: 'kept the width and added the third matrix' },
        { id: 'half', value: plain / 2, why: 'halved the width, as if two matrices became four' },
        {
          id: 'inverse',
          value: (plain * 3) / 2,
          why: 'inverted the ratio and made the gated block wider',
        },
        { id: 'hidden-size', value: hidden, why: 'used the hidden size as the width' },
        { id: 'third', value: plain / 3, why: 'divided by three matrices and forgot the two' },
      ],
      newSlips: [
        { id: 'doubled', value: plain * 2, why: 'doubled the width for the gate' },
        { id: 'tripled', value: plain * 3, why: 'multiplied by three matrices' },
        { id: 'twice', value: (plain * 4) / 9, why: 'took two thirds twice' },
        { id: 'quarter', value: plain / 4, why: 'took the gated block for four times as large' },
      ],
      latestSlips: [
        { id: 'four-matrices', value: (plain * 4) / 3, why: 'gave the plain block four matrices' },
        { id: 'sixth', value: plain / 6, why: 'divided by the two matrices and by the three' },
        {
          id: 'eight-thirds',
          value: (plain * 8) / 3,
          why: 'took 8/3 of the plain width; that is a share of the hidden size',
        },
      ],
      working: `2 × ${times} × ${exact(hidden)} / 3`,
    };
  },
};

/** Positions for one turn of a rotary pair. */
export const ropeWavelengthKind: Kind = {
  id: 'rope-wavelength',
  chapter: 2,
  topics: ['c2.05', 'c2.06'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'ropeWavelength',
  enemyOf: ['c2-rope-slow-pairs'],
  unit: 'positions',
  minutes: 3,
  seniority: 'senior',
  idea: 'RoPE rotates pair i of a head by base^(−2i/d) radians per position. A full turn is 2π radians, so its wavelength is 2π times base^(2i/d). Early pairs turn fast and tell neighbors apart; late ones turn slowly. A larger base stretches the slow pairs most, which is one way to get a longer context.',
  hints: [
    'First find the angle that this pair turns per position.',
    'The angle is a negative power of the base.',
    'Divide a full circle in radians by that angle.',
  ],
  followUps: [
    {
      ask: 'What happens to a pair whose wavelength is longer than the training context?',
      expect:
        'It never makes a full turn in training, so its values beyond that length are new to the model.',
    },
    {
      ask: 'Why do YaRN and others leave the fast pairs alone?',
      expect:
        'They make many turns within the training length, and squeezing them blurs neighboring positions.',
    },
  ],
  references: [
    {
      title: 'YaRN: Efficient Context Window Extension of Large Language Models',
      year: 2023,
      url: 'arXiv:2309.00071',
      where: 'Section 3.2, wavelength compared with the training length',
    },
    {
      title: 'RoFormer: Enhanced Transformer with Rotary Position Embedding',
      year: 2021,
      url: 'arXiv:2104.09864',
      where: 'Section 3.2.2, equation 15',
    },
  ],
  related: ['c9.04', 'chapter 9'],
  draft(random) {
    const base = oneOf([10_000, 50_000, 100_000, 500_000, 1_000_000], random);
    const headDim = oneOf([64, 96, 128, 256], random);
    const pair = between(2, headDim / 2 - 1, 1, random);
    const turn = (exponent: number) => 2 * Math.PI * base ** exponent;
    return {
      prompt: `RoPE with base ${exact(base)} and head size ${headDim}: after how many positions has pair i = ${pair} (counted from 0) made one full turn?`,
      answer: ropeWavelength({ base, headDim, pair }),
      slips: [
        {
          id: 'forgot-two-pi',
          value: base ** ((2 * pair) / headDim),
          why: 'stopped at one radian; a full turn has 2π of them',
        },
        {
          id: 'exponent-without-2',
          value: turn(pair / headDim),
          why: "took i / d as the exponent; it's 2i / d",
        },
        { id: 'half-turn', value: turn((2 * pair) / headDim) / 2, why: 'counted half a turn' },
        {
          id: 'degrees',
          value: 360 * base ** ((2 * pair) / headDim),
          why: 'counted the turn in degrees; the angle is in radians',
        },
        {
          id: 'last-pair',
          value: turn((headDim - 2) / headDim),
          why: 'took the last pair of the head',
        },
      ],
      working: `2π × ${exact(base)}^(2 × ${pair} / ${headDim})`,
    };
  },
};
