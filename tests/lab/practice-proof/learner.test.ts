import { expect, test } from 'vitest';
import { createLearner, type MemoryModel } from '../../../lab/practice-proof/learner.ts';

/** All people and cards alike. */
const model: MemoryModel = {
  intercept: 0.177,
  scale: 0.217,
  threshold: -0.704,
  noise: 0.255,
  h: 0.025,
  people: 0,
  cards: 0,
};

const learner = () => createLearner(model, { cards: 1, known: 0 }, 'seed');

test('a card that was never met is not recalled', () => {
  expect(learner().recallOf(0, 3)).toBe(0);
});

test('one trace decays by a power of time', () => {
  const one = learner();

  one.ask(0, 0, () => 0.5);

  // A day is 86,400 · 0.025 = 2,160 s: activation -0.177 · ln 2160 = -1.359, and 1 / (1 + e^(0.655 / 0.255)) = 7.1%.
  expect(one.recallOf(0, 1)).toBeCloseTo(0.071, 3);
  // Ten days: -0.177 · ln 21600 = -1.767, and 1 / (1 + e^(1.063 / 0.255)) = 1.5%.
  expect(one.recallOf(0, 10)).toBeCloseTo(0.015, 3);
});

test('a second trace decays faster the sooner it follows, so that spacing helps in the long run', () => {
  const [soon, late] = [learner(), learner()];

  // The second meeting is the same day for both.
  soon.ask(0, 13, () => 0.5);
  late.ask(0, 0, () => 0.5);
  for (const each of [soon, late]) each.ask(0, 14, () => 0.5);

  // Soon after, the fresh first trace counts for more.
  expect(soon.recallOf(0, 15)).toBeGreaterThan(late.recallOf(0, 15));
  expect(late.recallOf(0, 400) / soon.recallOf(0, 400)).toBeGreaterThan(
    late.recallOf(0, 15) / soon.recallOf(0, 15),
  );
});
