import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countParameters,
  explainParameters,
} from '../../../../src/core/calculators/models/parameters.ts';
import { MODELS, shape } from './known.ts';

const PUBLISHED = MODELS.flatMap(({ id, shape: each, published }) =>
  published?.parameters === undefined
    ? []
    : [{ id, total: countParameters(each).total, published: published.parameters }],
);

test('at least 60 models have a published count to compare with', () => {
  expect(PUBLISHED.length).toBeGreaterThanOrEqual(60);
});

test.each(PUBLISHED)('$id has its published parameters within 0.1 %', ({ total, published }) => {
  expect(Math.abs(total / published - 1)).toBeLessThan(0.001);
});

test('all but two models match their published count exactly', () => {
  const different = PUBLISHED.filter(({ total, published }) => total !== published);

  // Moonlight's file holds 1,728 parameters that its description does not name; OPT's own files
  // have two more position rows (2 × 2,048 = 4,096 parameters) than the source that counted it.
  expect(different.map(({ id, total, published }) => [id, total - published])).toEqual([
    ['moonlight-16b-a3b', -1728],
    ['opt-1.3b', 4096],
  ]);
});

test('Llama 3 8B adds up from its matrices', () => {
  const table = 128_256 * 4096;
  const attention = 32 * (2 * 4096 * 4096 + 2 * 4096 * 1024);
  const feedForward = 32 * 3 * 4096 * 14_336;
  const norms = 32 * 2 * 4096 + 4096;

  const counts = countParameters(shape('llama-3-8b'));

  expect(counts.embedding).toBe(table);
  expect(counts.head).toBe(table);
  expect(counts.attention).toBe(attention);
  expect(counts.feedForward).toBe(feedForward);
  expect(counts.other).toBe(norms);
  expect(counts.total).toBe(8_030_261_248);
});

test('DeepSeek-V4-Flash adds up from its matrices', () => {
  const h = 4096;
  const attention = 1024 * h + 1024 + 64 * 512 * 1024 + 512 * h + 512 + 8192 * 4096 + h * 8192 + 64;
  const pool = (width: number, pieces: number, tokens: number) =>
    pieces * width * (2 * h + tokens) + width;
  const indexer = 64 * 128 * 1024 + 64 * h + pool(128, 2, 4);
  const experts = 257 * 3 * 2048 * h + 256 * h;
  const streams = 2 * (24 * 4 * h + 24 + 3);
  const layers =
    43 * (attention + 2 * h + experts + streams) +
    21 * (pool(512, 2, 4) + indexer) +
    20 * pool(512, 1, 128) +
    40 * 256;

  const { total } = countParameters(shape('deepseek-v4-flash'));

  expect(total).toBe(2 * 129_280 * h + layers + 16 * h + 5 + h);
});

test('Kimi K3 adds up from its matrices', () => {
  const h = 7168;
  const wide = 96 * 128;
  const delta = 5 * wide * h + 3 * 4 * wide + 128 * (h + wide) + 96 * h + 96 + wide + 128;
  const latent = 1536 * h + 1536 + 96 * 192 * 1536 + 576 * h + 512 + 96 * 256 * 512 + 2 * wide * h;
  const experts = 896 * 3 * 3584 * 3072 + 896 * (h + 1) + 3584 * (2 * h + 1) + 3 * 6144 * h;
  const residuals = 4 * h;

  const { total } = countParameters(shape('kimi-k3'));

  expect(total).toBe(
    2 * 163_840 * h +
      69 * delta +
      24 * latent +
      93 * (2 * h + residuals) +
      92 * experts +
      3 * 33_792 * h +
      3 * h,
  );
});

// Labels of the model cards; gpt-oss counts without the input table.
test.each([
  ['mixtral-8x7b', 'active', 12.9],
  ['qwen3-235b-a22b', 'active', 22.2],
  ['deepseek-v3', 'active', 37.55],
  ['gpt-oss-120b', 'activeWithoutEmbedding', 5.13],
  ['deepseek-v4-flash', 'activeWithoutEmbedding', 13.27],
  ['kimi-k3', 'activeWithoutEmbedding', 104.2],
] as const)('%s has its %s parameters', (id, field, billions) => {
  expect(countParameters(shape(id))[field] / 1e9).toBeCloseTo(billions, 1);
});

test('a dense model uses all its parameters for each token', () => {
  const { total, active } = countParameters(shape('qwen2.5-7b'));

  expect(active).toBe(total);
});

test('vision parameters are not part of the text count', () => {
  const { total, text } = countParameters(shape('gemma-3-27b'));

  expect(total - text).toBe(423_060_336);
});

test('the steps add up to the total', () => {
  const { steps, total } = explainParameters(shape('deepseek-v3'));

  const parts = steps.slice(0, -1).reduce((sum, { value }) => sum + value, 0);

  expect(parts).toBe(total);
});

test('a wider vocabulary adds one row for each table', () => {
  const base = shape('llama-3-8b');

  fc.assert(
    fc.property(fc.integer({ min: 1, max: 100_000 }), fc.boolean(), (rows, tied) => {
      const before = countParameters({ ...base, tied }).total;
      const wide = { ...base, tied, vocabulary: base.vocabulary + rows };

      expect(countParameters(wide).total - before).toBe(rows * 4096 * (tied ? 1 : 2));
    }),
  );
});
