import { expect, test } from 'vitest';
import {
  requireCount,
  requireFraction,
  requireNotNegative,
  requirePositive,
} from '../../src/core/check.ts';

const WRONG = [Number.NaN, Number.POSITIVE_INFINITY, -1];

test.each([requirePositive, requireNotNegative, requireCount, requireFraction])(
  '%o refuses what is no number and names it',
  (check) => {
    for (const value of WRONG) expect(() => check({ good: 1, batch: value })).toThrow(/^batch /);
    expect(() => check({ batch: 1 })).not.toThrow();
  },
);

test('zero passes only where nothing is allowed', () => {
  expect(() => requireNotNegative({ a: 0 })).not.toThrow();
  for (const check of [requirePositive, requireCount, requireFraction]) {
    expect(() => check({ a: 0 })).toThrow(RangeError);
  }
});

test('counts are whole and shares at most one', () => {
  expect(() => requireCount({ a: 1.5 })).toThrow(RangeError);
  expect(() => requireFraction({ a: 1.01 })).toThrow(RangeError);
});
