import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rankScores, takersOf } from '../../../src/core/live/standings.ts';

test('equal scores share a place, and the places after them are left out', () => {
  const scores = [
    { personId: '1', name: 'ana', right: 2, answered: 3 },
    { personId: '2', name: 'bo', right: 3, answered: 3 },
    { personId: '3', name: 'cy', right: 2, answered: 2 },
    { personId: '4', name: 'di', right: 0, answered: 1 },
  ];

  expect(rankScores(scores).map(({ name, place }) => `${place} ${name}`)).toEqual([
    '1 bo',
    '2 ana',
    '2 cy',
    '4 di',
  ]);
});

test('a place is one more than the people with more right answers, in any order of arrival', () => {
  const right = fc.array(fc.integer({ min: 0, max: 20 }), { maxLength: 40 });
  fc.assert(
    fc.property(right, (list) => {
      const scores = list.map((each, index) => ({
        personId: String(index),
        name: `p${index}`,
        right: each,
        answered: 20,
      }));
      const ranked = rankScores(scores);
      for (const { right: own, place } of ranked)
        expect(place).toBe(1 + list.filter((each) => each > own).length);
      expect(rankScores([...scores].reverse())).toEqual(ranked);
    }),
  );
});

test('an option counts in every answer that holds it', () => {
  const counts = [
    { choice: 'a', isRight: false, count: 2 },
    { choice: 'a,c', isRight: true, count: 3 },
  ];

  expect([takersOf('a', counts), takersOf('b', counts), takersOf('c', counts)]).toEqual([5, 0, 3]);
});
