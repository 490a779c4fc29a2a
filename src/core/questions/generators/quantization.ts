import type { Random } from '../../random.ts';
import {
  affineCode,
  affineScale,
  symmetricCode,
  symmetricScale,
} from '../formulas/quantization.ts';
import type { Draft, Kind } from './generator.ts';
import { between, oneOf, shown } from './numbers.ts';

/** A value after quantizing and dequantizing. */
export const quantizedValue: Kind = {
  id: 'quantized-value',
  chapter: 8,
  topics: ['c8.09'],
  difficulty: 'medium',
  format: 'numeric',
  formula: 'symmetricScale, affineScale',
  enemyOf: ['c8-affine-code'],
  unit: '',
  minutes: 3,
  seniority: 'mid',
  idea: 'The scale is the range over the number of steps. Divide a value by it and round to the nearest code; multiplying back gives a value on the grid, at most half a step away. Symmetric codes run from −(2^(b−1) − 1) to 2^(b−1) − 1 with 0 at 0. Affine codes start at 0 and need a zero point, which you subtract before scaling back.',
  hints: [
    'First find the step between two neighboring codes.',
    'b bits give 2^b codes and one step fewer; a symmetric grid leaves one code unused.',
    'Divide by the step, round to the nearest code, and multiply back (affine: minus the zero point).',
  ],
  followUps: [
    {
      ask: 'How large can the error be for a value inside the range?',
      expect: 'Half a step.',
    },
    {
      ask: 'One value of the tensor is ten times as large as the rest. What happens?',
      expect:
        'The step gets ten times as large, and most values round to a few codes; smaller groups or clipping helps.',
    },
  ],
  references: [
    {
      title: 'A White Paper on Neural Network Quantization',
      year: 2021,
      url: 'arXiv:2106.08295',
      where: 'section 2.2 (affine and symmetric quantization)',
    },
  ],
  related: ['c5.16', 'c8.17', 'chapter 5'],
  draft: (random) => (random() < 0.5 ? symmetricDraft(random) : affineDraft(random)),
};

function symmetricDraft(random: Random): Draft | undefined {
  const bits = oneOf([3, 4, 5], random);
  const largest = between(0.5, 6, 0.1, random);
  const value = between(0.1, largest - 0.1, 0.01, random);
  const steps = 2 ** (bits - 1) - 1;
  const scale = symmetricScale(largest, bits);
  const code = symmetricCode(value, scale);
  // A value halfway between two codes rounds either way.
  if (Math.abs(((value / scale) % 1) - 0.5) < 0.05) return undefined;
  const back = (step: number, round: (x: number) => number) => step * round(value / step);
  return {
    prompt: `The largest absolute value of a tensor is ${largest}. Symmetric INT${bits} with codes from −${steps} to ${steps}: which value comes back for ${value} after quantizing and dequantizing?`,
    answer: code * scale,
    slips: [
      { id: 'unchanged', value, why: 'left the value unchanged' },
      { id: 'truncated', value: back(scale, Math.floor), why: 'truncated instead of rounding' },
      { id: 'rounded-up', value: back(scale, Math.ceil), why: 'rounded up' },
      {
        id: 'one-step-more',
        value: back(largest / (steps + 1), Math.round),
        why: `divided by ${steps + 1} steps; the largest code is ${steps}`,
      },
      {
        id: 'whole-range',
        value: back(largest / (2 ** bits - 1), Math.round),
        why: 'spread all codes over the positive half',
      },
      { id: 'code', value: code, why: 'gave the code without scaling back' },
    ],
    working: `Scale ${largest} / ${steps} = ${shown(scale)}; code round(${value} / ${shown(scale)}) = ${code}; ${code} × ${shown(scale)}`,
  };
}

function affineDraft(random: Random): Draft | undefined {
  const bits = oneOf([3, 4, 5], random);
  const min = between(-2, -0.2, 0.1, random);
  const max = between(0.8, 6, 0.1, random);
  const value = between(0.3, max, 0.01, random);
  const { scale, zero } = affineScale({ min, max, bits });
  const code = affineCode(value, { scale, zero, bits });
  const last = 2 ** bits - 1;
  const halves = [value / scale, -min / scale].map((each) => Math.abs((each % 1) - 0.5));
  if (halves.some((half) => half < 0.05) || code === last) return undefined;
  return {
    prompt: `A tensor runs from ${String(min).replace('-', '−')} to ${max}. Affine ${bits}-bit codes from 0 to ${last}, zero point rounded to a code: which value comes back for ${value} after quantizing and dequantizing?`,
    answer: (code - zero) * scale,
    slips: [
      { id: 'unchanged', value, why: 'left the value unchanged' },
      {
        id: 'no-zero-point',
        value: code * scale,
        why: "didn't subtract the zero point before scaling back",
      },
      {
        id: 'truncated',
        value: scale * Math.floor(value / scale),
        why: 'truncated instead of rounding',
      },
      {
        id: 'one-step-more',
        value: ((max - min) / (last + 1)) * Math.round((value / (max - min)) * (last + 1)),
        why: `divided by ${last + 1} steps; between ${last + 1} codes there are ${last}`,
      },
      { id: 'code', value: code, why: 'gave the code without scaling back' },
      {
        id: 'positive-half',
        value: (max / last) * Math.round((value / max) * last),
        why: 'spread all codes over the positive half',
      },
    ],
    working: `Scale (${max} + ${-min}) / ${last} = ${shown(scale)}; zero point round(${-min} / ${shown(scale)}) = ${zero}; code round(${value} / ${shown(scale)}) + ${zero} = ${code}; (${code} − ${zero}) × ${shown(scale)}`,
  };
}
