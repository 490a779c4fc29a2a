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
