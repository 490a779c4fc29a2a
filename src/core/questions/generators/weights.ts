import { weightSlips } from '../../calculators/common-mistakes.ts';
import { weightFormat } from '../../calculators/quantization/formats.ts';
import { weightBytes, weightShares } from '../../calculators/quantization/weights.ts';
import { GB, GIB } from '../../units.ts';
import { effectiveBits } from '../formulas/quantization.ts';
import type { Kind } from './generator.ts';
import { between, exact, oneOf } from './numbers.ts';
import { billions, someDense, sparseModels } from './shapes.ts';

const FORMATS = ['bf16', 'fp8', 'int4', 'nf4-dq', 'fp32'] as const;

/** Memory of weights in a format. */
export const weightMemory: Kind = {
  id: 'weight-memory',
  chapter: 8,
  topics: ['c8.01', 'c8.10'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'weightBytes',
  enemyOf: ['c8-qwen14b-gib'],
  unit: 'GiB',
  accepts: [{ unit: 'GB', factor: GB / GIB }],
  minutes: 3,
  seniority: 'mid',
  idea: 'Bytes are parameters times bits over 8. In a quantized checkpoint, the large matrices of the layers shrink, scales add a little per group, and the embedding tables and output matrix usually stay 16-bit. All experts of a mixture count. A GiB is 1,024³ bytes, 7.4% more than a GB, and the memory sizes of GPUs usually mean GiB.',
  hints: [
    "Count bytes for every part that's stored the same way.",
    'Anything not quantized keeps 2 bytes.',
    'Add the parts in bytes and divide by 1,024³.',
  ],
  followUps: [
    {
      ask: 'Why is a 4-bit model larger than half a byte per parameter?',
      expect: 'Scales and zero points for the groups, and the matrices that stay 16-bit.',
    },
    {
      ask: 'What else must fit besides the weights?',
      expect: "The KV cache, the activations of a prompt, and the engine's buffers.",
    },
  ],
  references: [
    {
      title: 'AWQ: Activation-aware Weight Quantization for LLM Compression and Acceleration',
      year: 2023,
      url: 'arXiv:2306.00978',
      where: 'sections 3 and 4',
    },
    {
      title: 'Prefixes for binary multiples (NIST)',
      year: 1998,
      url: 'https://physics.nist.gov/cuu/Units/binary.html',
      where: 'table of binary prefixes',
    },
  ],
  related: ['c5.04', 'c8.02', 'chapter 5'],
  draft(random, facts) {
    const isSparse = random() < 0.2 && facts.models.length > 0;
    const model = isSparse ? oneOf(sparseModels(facts), random) : someDense(random, facts);
    const format = weightFormat(oneOf(FORMATS, random));
    const { shape, name } = model;
    // No one serves a public model in 32-bit.
    if (format.id === 'fp32' && name !== 'A fictional decoder') return undefined;
    const shares = weightShares(shape, format).sort((one, other) => one.bits - other.bits);
    const gib = (bytes: number) => bytes / GIB;
    const bytes = weightBytes(shape, format);
    const parts = shares.map(
      ({ parameters, bits }) =>
        `${billions(parameters).replace('B', '')} × 10⁹ × ${exact(Number(bits.toFixed(3)))}`,
    );
    const [first, second] = shares;
    const stored =
      first && second
        ? `${billions(first.parameters)} weights in ${first.label} (${exact(Number(first.bits.toFixed(3)))} bits each, scales included) and ${billions(second.parameters)} in ${second.label}`
        : `${billions(model.parameters)} weights in ${format.label}`;
    return {
      prompt: `A checkpoint of ${name.replace('A f', 'a f')} stores ${stored}. How many GiB do the weights take in memory?`,
      answer: gib(bytes),
      slips: [
        // The stem does not say whether the tables are tied.
        ...weightSlips(shape, format).filter(({ id }) => id !== 'tied-twice'),
        {
          id: 'one-byte',
          value: model.parameters,
          why: 'used one byte per parameter',
        },
        {
          id: 'half-of-it',
          value: bytes / 2,
          why: 'halved the bits per weight',
        },
      ].map((slip) => ({ ...slip, value: gib(slip.value) })),
      working: `(${parts.join(' + ')}) / 8 / 1,024³`,
    };
  },
};

const bitsWide = (bits: number) => `${bits === 8 ? 'an' : 'a'} ${bits}-bit`;

/** Memory of the scales of a quantized model. */
export const scaleOverhead: Kind = {
  id: 'scale-overhead',
  chapter: 8,
  topics: ['c8.10', 'c8.19'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'effectiveBits',
  unit: 'GB',
  accepts: [{ unit: 'GiB', factor: GIB / GB }],
  minutes: 3,
  seniority: 'senior',
  idea: "Each group of weights shares a scale, and a zero point where the range isn't symmetric. Spread over the group, they add a fraction of a bit to each weight: small groups fit the weights better and cost more. Double quantization stores the scales themselves in 8-bit, with one wide scale for many of them.",
  hints: [
    'How many groups are there?',
    'Scales are counted in bits; memory is counted in bytes.',
    'Divide the weights by the group size, multiply by the extra bits, and divide by 8.',
  ],
  followUps: [
    {
      ask: 'What do you lose with one scale for a whole tensor?',
      expect: 'A few large values set the step for all, so small weights round to zero.',
    },
    {
      ask: 'Why do MX formats use a power of two as the scale?',
      expect:
        'It fits into 8 bits, and applying it only adds to the exponent, which is cheap in hardware.',
    },
  ],
  references: [
    {
      title: 'A White Paper on Neural Network Quantization',
      year: 2021,
      url: 'arXiv:2106.08295',
      where: 'section 2.4 (granularity)',
    },
    {
      title: 'QLoRA: Efficient Finetuning of Quantized LLMs',
      year: 2023,
      url: 'arXiv:2305.14314',
      where: 'section 3',
    },
  ],
  related: ['c7.12', 'c5.16', 'chapter 7'],
  draft(random) {
    const billion = between(7, 140, 1, random);
    const isNested = random() < 0.3;
    const group = isNested ? 64 : oneOf([16, 32, 64, 128], random);
    const scale = isNested ? 8 : oneOf([8, 16, 32], random);
    const zero = isNested ? 0 : oneOf([0, 4, 8], random);
    const outer = isNested ? { bits: 32, groups: 256 } : undefined;
    const gb = (bits: number) => billion * (bits / 8);
    const bits =
      effectiveBits({ bits: 4, extraBits: scale + zero, group, ...(outer ? { outer } : {}) }) - 4;
    const what = isNested
      ? 'an 8-bit scale, and every 256 groups share an FP32 scale'
      : `${bitsWide(scale)} scale${zero > 0 ? ` and ${bitsWide(zero)} zero point` : ''}`;
    return {
      prompt: `${billion} billion weights are stored in 4-bit in groups of ${group}. Each group has ${what}. How many GB do these extras add to the 4-bit values?`,
      answer: gb(bits),
      slips: [
        {
          id: 'scale-alone',
          value: gb(scale / group),
          why: 'left out the zero points',
        },
        { id: 'bits-for-bytes', value: billion * bits, why: 'used bits instead of bytes' },
        {
          id: 'one-for-each-weight',
          value: gb(scale + zero),
          why: 'gave every weight its own scale',
        },
        {
          id: 'with-the-values',
          value: gb(4 + bits),
          why: 'gave the total size, values and scales',
        },
        { id: 'values-alone', value: gb(4), why: 'gave the size of the 4-bit values' },
        {
          id: 'wide-scales',
          value: gb(32 / group),
          why: 'used a 32-bit scale per group',
        },
      ],
      working: isNested
        ? `${billion} × (8 / 64 + 32 / (64 × 256)) / 8`
        : `${billion} × ${zero > 0 ? `(${scale} + ${zero})` : scale} / ${group} / 8`,
    };
  },
};
