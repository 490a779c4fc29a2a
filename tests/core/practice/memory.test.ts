import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  dueOn,
  outcomeInWords,
  type Recall,
  recallOf,
  remember,
  retrievability,
} from '../../../src/core/practice/memory.ts';
import { addDays, daysBetween } from '../../../src/core/time.ts';

const DAY = '2026-03-02';
const recalls: Recall[] = ['again', 'hard', 'good', 'easy'];

test.each([
  // The first four weights of FSRS-6 are the stabilities of a first answer.
  ['again', 0.212, 1],
  ['hard', 1.2931, 1],
  ['good', 2.3065, 2],
  ['easy', 8.2956, 8],
] as const)(
  'a first answer that is %s lasts %d days and comes back after %d',
  (recall, stability, days) => {
    const memory = remember(undefined, recall, DAY);

    expect(memory.stability).toBeCloseTo(stability, 3);
    expect(dueOn(memory)).toBe(addDays(DAY, days));
  },
);

test('recall falls to 90% in one stability, and as a power of time after it', () => {
  const memory = { stability: 10, difficulty: 5, reviewedOn: DAY };
  // FSRS-6: (1 + (0.9^(-1 / 0.1542) - 1) · t / stability)^-0.1542.
  const factor = 0.9 ** (-1 / 0.1542) - 1;

  expect(retrievability(memory, DAY)).toBe(retrievability(memory, addDays(DAY, 1)));
  expect(retrievability(memory, addDays(DAY, 10))).toBeCloseTo(0.9, 3);
  expect(retrievability(memory, addDays(DAY, 60))).toBeCloseTo((1 + factor * 6) ** -0.1542, 3);
});

const history = fc.array(
  fc.record({ recall: fc.constantFrom(...recalls), days: fc.integer({ min: 0, max: 90 }) }),
  { minLength: 1, maxLength: 10 },
);

/** The memory after answers, each some days after the one before. */
function after(answers: readonly { recall: Recall; days: number }[]) {
  const [first, ...rest] = answers;
  let memory = remember(undefined, first?.recall ?? 'good', DAY);
  for (const { recall, days } of rest)
    memory = remember(memory, recall, addDays(memory.reviewedOn, days));
  return memory;
}

test('whatever was answered, a card comes back after a day at least and a year at most', () => {
  fc.assert(
    fc.property(history, (answers) => {
      const memory = after(answers);
      const days = daysBetween(memory.reviewedOn, dueOn(memory));

      expect(days).toBeGreaterThanOrEqual(1);
      expect(days).toBeLessThanOrEqual(365);
    }),
    { seed: 22 },
  );
});

test('a better answer never leaves a weaker memory, and time never a better one', () => {
  fc.assert(
    fc.property(history, fc.integer({ min: 1, max: 90 }), (answers, days) => {
      const memory = after(answers);
      const day = addDays(memory.reviewedOn, days);
      const stabilities = recalls.map((recall) => remember(memory, recall, day).stability);

      expect(stabilities).toEqual([...stabilities].sort((a, b) => a - b));
      expect(retrievability(memory, addDays(day, 1))).toBeLessThanOrEqual(
        retrievability(memory, day),
      );
    }),
    { seed: 22 },
  );
});

test.each([
  [{ outcome: 'right', tries: 1, hints: 0 }, 'good'],
  [{ outcome: 'right', tries: 1, hints: 1 }, 'hard'],
  [{ outcome: 'right', tries: 2, hints: 0 }, 'hard'],
  [{ outcome: 'partly', tries: 1, hints: 0 }, 'hard'],
  [{ outcome: 'wrong', tries: 1, hints: 0 }, 'again'],
] as const)('%o grades itself as %s', (answer, recall) => {
  expect(recallOf(answer)).toBe(recall);
});

test('in words, right starts at 70% of the key points and partly at 40%', () => {
  expect([1, 0.7, 0.69, 0.4, 0.39, 0].map(outcomeInWords)).toEqual([
    'right',
    'right',
    'partly',
    'partly',
    'wrong',
    'wrong',
  ]);
});
