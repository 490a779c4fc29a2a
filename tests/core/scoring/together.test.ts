import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankGroups } from '../../../src/core/scoring/groups.ts';
import { topShare } from '../../../src/core/scoring/place.ts';

test('as many count of each group as the smallest has, so that size decides nothing', () => {
  const { counted, ranked } = rankGroups([
    { name: 'pair', best: [400, 400] },
    { name: 'small', best: [300, 200, 100] },
    { name: 'large', best: [200, 200, 200, 40, 0] },
    { name: 'last', best: [0, 0, 0, 0] },
  ]);

  expect(counted).toBe(3);
  expect(ranked.map(({ name, quarters, rank }) => [name, quarters, rank])).toEqual([
    ['large', 200, 1],
    ['small', 200, 1],
    ['last', 0, 3],
    ['pair', 0, undefined],
  ]);
  expect(rankGroups([]).ranked).toEqual([]);
});

test('a member more never lowers the score of a group that is larger than the smallest', () => {
  const scores = fc.array(fc.nat(400), { minLength: 3, maxLength: 5 });
  fc.assert(
    fc.property(scores, scores, fc.nat(400), (one, other, joining) => {
      const best = (list: number[]) => [...list].sort((a, b) => b - a).slice(0, 5);
      const of = (list: number[]) =>
        rankGroups([
          { name: 'one', best: best(list) },
          { name: 'other', best: best(other) },
        ]).ranked.find(({ name }) => name === 'one')?.quarters ?? 0;
      fc.pre(one.length >= other.length);
      expect(of([...one, joining])).toBeGreaterThanOrEqual(of(one));
    }),
  );
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
