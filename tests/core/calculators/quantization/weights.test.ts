import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ggufFileBytes } from '../../../../lab/figures/formulas.ts';
import {
  WEIGHT_FORMATS,
  weightFormat,
} from '../../../../src/core/calculators/quantization/formats.ts';
import { ggufMix } from '../../../../src/core/calculators/quantization/gguf.ts';
import {
  explainWeights,
  unpackBufferBytes,
  weightBytes,
} from '../../../../src/core/calculators/quantization/weights.ts';
import { MODELS, shape } from '../models/known.ts';

// Llama 3.1 8B by hand: 6,979,321,856 weights in the matrices of the layers, two tables of
// 525,336,576, and 266,240 in norms.
const LINEAR = 32 * (2 * 4096 * 4096 + 2 * 4096 * 1024 + 3 * 4096 * 14_336);
const KEPT = 2 * 128_256 * 4096 + 266_240;

test.each([
  ['fp32', 32, 32],
  ['bf16', 16, 16],
  ['fp16', 16, 16],
  ['fp8', 8, 16],
  ['int8', 8, 16],
  ['fp8-block', 8 + 32 / 16_384, 16],
  ['int4', 4.15625, 16],
  ['int4-g64', 4.3125, 16],
  ['int4-g32', 4.625, 16],
  ['nf4', 4.5, 16],
  ['nf4-dq', 4 + 8 / 64 + 32 / 16_384, 16],
  ['mxfp4', 4.25, 16],
  ['nvfp4', 4.5, 16],
])('Llama 3.1 8B in %s has %d bits in its matrices and %d elsewhere', (id, bits, kept) => {
  const bytes = weightBytes(shape('llama-3.1-8b'), weightFormat(id));

  expect(bytes).toBeCloseTo((LINEAR * bits + KEPT * kept) / 8, 0);
});

test('gpt-oss keeps everything but its experts in 16 bit', () => {
  // 36 layers of 128 experts of three matrices of 2,880 × 2,880.
  const experts = 36 * 128 * 3 * 2880 * 2880;
  const rest = 116_829_156_672 - experts;

  const bytes = weightBytes(shape('gpt-oss-120b'), weightFormat('mxfp4'));

  expect(bytes).toBe((experts * 4.25 + rest * 16) / 8);
});

test('NVFP4 leaves latent attention in 16 bit and quantizes ordinary attention', () => {
  const perWeight = (id: string) => explainWeights(shape(id), weightFormat('nvfp4')).bitsPerWeight;
  // 61 layers of latent attention, 187,107,328 weights each with norms.
  const latent =
    61 * (7168 * 1536 + 1536 * 128 * 192 + 7168 * 576 + 512 * 128 * 256 + 128 * 128 * 7168);
  const tables = 2 * 129_280 * 7168;

  const kept = latent + tables;
  const bits = (kept * 16 + (671_026_419_200 - kept) * 4.5) / 671_026_419_200;

  expect(perWeight('deepseek-v3')).toBeCloseTo(bits, 2);
});

// A log of llama.cpp for Llama 3.1 8B in Q4_K_M: 66 tensors in 32 bit, 193 in Q4_K, 33 in Q6_K.
test('Q4_K_M of Llama 3.1 8B has the mix of a real file', () => {
  const important = 16 * (1024 * 4096 + 4096 * 14_336) + 128_256 * 4096;

  const mix = new Map(ggufMix(shape('llama-3.1-8b'), 'Q4_K_M').map((each) => [each.type, each]));

  expect(mix.get('Q6_K')?.parameters).toBe(important);
  expect(mix.get('Q4_K')?.parameters).toBe(LINEAR + 2 * 128_256 * 4096 - important);
  expect(mix.get('F32')?.parameters).toBe(266_240);
});

test('tied tables take the format of the output matrix', () => {
  // Gemma 2B: the only table is 256,000 × 2,048 and gets Q6_K.
  const mix = ggufMix(shape('gemma-2b'), 'Q4_K_S');

  expect(mix.find(({ type }) => type === 'Q6_K')?.parameters).toBe(256_000 * 2048);
});

test('rows that are no multiple of a block fall back to a smaller block', () => {
  // SmolLM2 135M has rows of 576 and 1,536: 576 is no multiple of 256.
  const types = ggufMix(shape('smollm2-135m'), 'Q4_K_M').map(({ type }) => type);

  expect(types).toContain('Q5_0');
  expect(types).toContain('Q8_0');
});

test('models of eight experts keep keys and values in Q8_0', () => {
  const q8 = ggufMix(shape('mixtral-8x7b'), 'Q4_K_M').find(({ type }) => type === 'Q8_0');

  expect(q8?.parameters).toBe(32 * 2 * 1024 * 4096);
});

test('a file is larger than its weights by the tokenizer', () => {
  const all = ggufFileBytes(shape('llama-3.2-1b'), 'Q8_0');

  // A real file of this model and type has 1.32 GB.
  expect(all / 1e9).toBeCloseTo(1.32, 2);
});

test('the copy that 4-bit layers unpack is four bytes for each weight of the largest matrix', () => {
  const format = weightFormat('nf4');

  expect(unpackBufferBytes(shape('llama-2-7b'), format)).toBe(4 * 4096 * 11_008);
  expect(unpackBufferBytes(shape('llama-2-7b'), format, { quantizeHead: true })).toBe(
    4 * 32_000 * 4096,
  );
  expect(unpackBufferBytes(shape('llama-2-7b'), weightFormat('bf16'))).toBe(0);
});

test('the steps add up to the bytes for every model and format', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...MODELS),
      fc.constantFrom(...WEIGHT_FORMATS),
      ({ shape: each }, format) => {
        const { bytes, steps } = explainWeights(each, format);

        const sum = steps.reduce((total, { value }) => total + value, 0);

        expect(sum).toBeCloseTo(bytes, 0);
        expect(bytes).toBeGreaterThan(0);
      },
    ),
  );
});

test('more bits never make a model smaller', () => {
  const plain = WEIGHT_FORMATS.filter(({ quantizes }) => quantizes === 'linear');

  fc.assert(
    fc.property(
      fc.constantFrom(...MODELS),
      fc.constantFrom(...plain),
      fc.constantFrom(...plain),
      ({ shape: each }, one, other) => {
        const [less, more] = one.bits < other.bits ? [one, other] : [other, one];

        expect(weightBytes(each, more)).toBeGreaterThanOrEqual(weightBytes(each, less));
      },
    ),
  );
});
