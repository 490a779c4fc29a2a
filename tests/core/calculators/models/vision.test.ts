import { expect, test } from 'vitest';
import { countParameters } from '../../../../src/core/calculators/models/parameters.ts';
import { shape } from './known.ts';

// Totals of the hub's safetensors files (of keras-hub for Qwen3.5), which hold the vision tower too.
test.each([
  ['qwen3-vl-8b', 8_767_123_696],
  ['qwen3-vl-4b', 4_437_815_808],
  ['qwen3.5-27b', 27_356_728_560],
  ['llama-4-scout', 108_641_793_536],
  ['mistral-small-3.2-24b', 24_011_361_280],
])('%s counts its vision tower', (id, total) => {
  const counted = countParameters(shape(id)).total;

  expect(Math.abs(counted / total - 1)).toBeLessThan(1e-4);
});
