import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankGroups } from '../../../src/core/scoring/groups.ts';
import { topShare } from '../../../src/core/scoring/place.ts';

test('a group is worth the mean of its best, so that its size decides nothing', () => {
  const ranked = rankGroups([
    { name: 'pair', best: [400, 400] },
    { name: 'small', best: [300, 200, 100] },
    { name: 'large', best: [200, 200, 200, 200, 200] },
    { name: 'last', best: [0, 0, 0] },
  ]);

  expect(ranked).toEqual([
    { name: 'large', quarters: 200, rank: 1 },
    { name: 'small', quarters: 200, rank: 1 },
    { name: 'last', quarters: 0, rank: 3 },
    { name: 'pair', quarters: 400, rank: undefined },
  ]);
});

test.each([
  [1, 4, undefined],
  [1, 5, 20],
  [1, 100, 5],
  [3, 34, 10],
  [20, 100, 20],
  [34, 34, 100],
])('rank %i of %i is in the top %s', (rank, of, share) => {
  expect(topShare({ rank, of })).toBe(share);
});

test('a share is never better than the rank, and never 5% worse', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 5, max: 100_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (of, at) => {
        const rank = 1 + Math.floor(at * 0.999 * of);
        const share = topShare({ rank, of }) ?? 0;
        expect(share).toBeGreaterThanOrEqual((100 * rank) / of - 1e-6);
        expect(share).toBeLessThan((100 * rank) / of + 5);
      },
    ),
  );
});
