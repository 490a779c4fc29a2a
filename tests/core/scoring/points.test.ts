import { expect, test } from 'vitest';
import {
  formatPointCount,
  formatPoints,
  isFinished,
  quarterPoints,
} from '../../../src/core/scoring/points.ts';
import { streakOf } from '../../../src/core/scoring/streak.ts';
import { rankAll, windowScore } from '../../../src/core/scoring/window.ts';

test.each([
  // base × try × hints, by hand
  ['easy', 1, 0, 1, '10'],
  ['medium', 1, 1, 1, '15'],
  ['easy', 2, 1, 1, '3.75'],
  ['hard', 2, 1, 1, '11.25'],
  ['hard', 1, 3, 1, '15'],
  ['easy', 2, 3, 1, '2.5'],
  ['medium', 1, 0, 0.5, '10'],
  ['easy', 1, 0, 1 / 3, '3.25'],
  ['easy', 3, 0, 1, '0'],
  ['hard', 1, 0, 0, '0'],
] as const)(
  '%s, try %i, %i hints, share %d: %s points',
  (difficulty, attempt, hints, share, points) => {
    expect(formatPoints(quarterPoints({ difficulty, attempt, hints, share }))).toBe(points);
  },
);

test.each([
  ['nothing done', [], false, false],
  ['one wrong try', [false], false, false],
  ['right at once', [true], false, true],
  ['right on the second try', [false, true], false, true],
  ['both tries wrong', [false, false], false, true],
  ['the key seen before a try', [], true, true],
])('%s: a post is finished or not', (_, tries, isRevealed, finished) => {
  const attempts = tries.map((isRight) => ({ isRight }));

  expect(isFinished({ attempts, isRevealed })).toBe(finished);
});

test('the window counts the best fifteen', () => {
  const scores = Array.from({ length: 20 }, (_, index) => index + 1);

  // 20 + 19 + … + 6
  expect(windowScore(scores)).toBe(195);
});

test('ties share a rank and the next one skips', () => {
  const ranks = rankAll([{ quarters: 5 }, { quarters: 9 }, { quarters: 5 }, { quarters: 1 }]);

  expect(ranks.map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
});

test.each([
  ['five in a row earn a shield', 'aaaaa', { current: 5, longest: 5, shields: 1 }],
  ['a shield is spent on a miss', 'aaaaam', { current: 5, longest: 5, shields: 0 }],
  ['without a shield a miss ends it', 'aaam', { current: 0, longest: 3, shields: 0 }],
  ['at most two are held', 'aaaaaaaaaaaaaaa', { current: 15, longest: 15, shields: 2 }],
  ['an open question changes nothing', 'aao', { current: 2, longest: 2, shields: 0 }],
  ['it goes on after a shielded miss', 'aaaaama', { current: 6, longest: 6, shields: 0 }],
])('%s', (_, history, expected) => {
  const entries = [...history].map((each) =>
    each === 'a' ? 'answered' : each === 'm' ? 'missed' : 'open',
  );

  expect(streakOf(entries)).toEqual(expected);
});

test('one point is one point, and every other number of them are points', () => {
  expect([4, 3, 80].map(formatPointCount)).toEqual(['1 point', '0.75 points', '20 points']);
});
