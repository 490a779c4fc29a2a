import { expect, test } from 'vitest';
import {
  kvCacheSlips,
  kvPerTokenSlips,
  loraSlips,
  parameterSlips,
  speculationSlips,
  weightSlips,
  zeroSlips,
} from '../../../src/core/calculators/common-mistakes.ts';
import { kvCacheSize } from '../../../src/core/calculators/memory/kv-cache.ts';
import { weightFormat } from '../../../src/core/calculators/quantization/formats.ts';
import { weightBytes } from '../../../src/core/calculators/quantization/weights.ts';
import type { Slip } from '../../../src/core/calculators/result.ts';
import { loraParameters } from '../../../src/core/calculators/training/lora.ts';
import { MODELS, shape } from './models/known.ts';

function value(slips: readonly Slip[], id: string): number | undefined {
  return slips.find((slip) => slip.id === id)?.value;
}

test('the slips of a cache are the values that people arrive at', () => {
  const request = { shape: shape('llama-3.1-8b'), tokens: 8192, sequences: 4 };
  const right = 4 * 1024 ** 3;

  const slips = kvCacheSlips(request);

  expect(value(slips, 'forgot-factor-2')).toBe(right / 2);
  expect(value(slips, 'query-heads-for-kv-heads')).toBe(4 * right);
  expect(value(slips, 'one-sequence')).toBe(right / 4);
  expect(value(slips, 'gb-for-gib')).toBeCloseTo(right * 1.073741824, 0);
});

test('windows and latents that are overlooked are slips of their own', () => {
  const gemma = kvCacheSlips({ shape: shape('gemma-3-27b'), tokens: 131_072 });
  const deepseek = kvPerTokenSlips(shape('deepseek-v3'));

  expect((value(gemma, 'ignored-window') ?? 0) / 1024 ** 3).toBeCloseTo(62, 0);
  // 61 layers of 128 heads with keys of 192 and values of 128.
  expect(value(deepseek, 'ignored-latent')).toBe(61 * 128 * (192 + 128) * 2);
});

test('half a byte for each parameter is the slip of 4-bit weights', () => {
  const slips = weightSlips(shape('llama-3.1-8b'), weightFormat('int4'));

  expect(value(slips, 'half-a-byte')).toBe(8_030_261_248 / 2);
});

test('a mixture tempts to count its active parameters', () => {
  const slips = weightSlips(shape('mixtral-8x7b'), weightFormat('bf16'));

  expect((value(slips, 'active-for-total') ?? 0) / 1e9).toBeCloseTo(25.8, 1);
});

test('tied tables tempt to count twice, untied ones to count once', () => {
  const table = 128_256 * 4096;

  expect(value(parameterSlips(shape('llama-3-8b')), 'tied-twice')).toBe(8_030_261_248 - table);
  expect(value(parameterSlips(shape('gemma-2b')), 'tied-twice')).toBe(
    2_506_172_416 + 256_000 * 2048,
  );
});

test('each other stage is a slip of ZeRO', () => {
  const bytes = { weights: 2, gradients: 2, optimizer: 12 };

  const slips = zeroSlips({ parameters: 7.5e9, bytes, stage: 1, ranks: 64 });

  expect(value(slips, 'stage-0')).toBe(120e9);
  expect(value(slips, 'stage-3')).toBe(1.875e9);
  expect(value(slips, 'stage-1')).toBeUndefined();
});

test('square key and value matrices are the slip of adapters', () => {
  const request = { shape: shape('llama-3.1-8b'), rank: 8, targets: ['q', 'v'] } as const;

  expect(value(loraSlips(request), 'square-keys')).toBe(32 * 8 * 4 * 4096);
});

test('acceptance times draft length is the slip of speculation', () => {
  expect(value(speculationSlips(0.8, 5), 'product')).toBe(4);
});

test('no slip equals the right value or another slip', () => {
  for (const { shape: each } of MODELS) {
    const cases: [number, Slip[]][] = [
      [
        kvCacheSize({ shape: each, tokens: 4096, sequences: 8 }).bytes,
        kvCacheSlips({ shape: each, tokens: 4096, sequences: 8 }),
      ],
      [weightBytes(each, weightFormat('int4')), weightSlips(each, weightFormat('int4'))],
      [
        loraParameters({ shape: each, rank: 8, targets: ['q', 'v'] }),
        loraSlips({ shape: each, rank: 8, targets: ['q', 'v'] }),
      ],
    ];

    for (const [right, slips] of cases) {
      const values = slips.map((slip) => slip.value);
      expect(values.every((wrong) => Math.abs(wrong / right - 1) > 0.009)).toBe(true);
      expect(new Set(values).size).toBe(values.length);
    }
  }
});
