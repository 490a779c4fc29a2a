import { expect, test } from 'vitest';
import { readEstimate } from '../../../src/core/cases/estimate.ts';

test.each([
  ['50.3', 'million', 50.3],
  ['50.3 million', 'million', 50.3],
  ['50.3M', 'million', 50.3],
  ['0.0503 B', 'million', 50.3],
  ['3.1 billion', 'billion', 3.1],
  ['1.5k requests', 'requests', 1500],
  ['150 GiB', 'GB', 161.061],
  ['0.4 EFLOP', 'EFLOP', 0.4],
])('%s is read in %s', (typed, unit, value) => {
  // 150 × 1024³ bytes are 161.061 GB.
  expect(readEstimate(typed, unit)).toBeCloseTo(value, 3);
});

test.each([
  ['50 GB', 'million'],
  ['many', 'GB'],
  ['0', 'GB'],
])('%s is refused in %s', (typed, unit) => {
  expect(readEstimate(typed, unit)).toBeUndefined();
});
