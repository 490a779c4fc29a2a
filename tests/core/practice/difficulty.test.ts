import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { FIRST_RATING } from '../../../src/core/interview/rating.ts';
import {
  eloOf,
  type FirstAnswer,
  guessOf,
  isMislabeled,
  LABEL_LOGITS,
  labelOf,
  measuringDifficulties,
} from '../../../src/core/practice/difficulty.ts';
import { isScored } from '../../../src/core/questions/check-answer.ts';
import { randomFrom, shuffled } from '../../../src/core/random.ts';
import { multiItem, numericItem, orderItem, singleItem } from '../../support/items.ts';
import { normal } from '../../support/normal.ts';

/** All steps of it. */
function measureDifficulties(...given: Parameters<typeof measuringDifficulties>) {
  const steps = measuringDifficulties(...given);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const chance = (ability: number, difficulty: number, guess: number) =>
  guess + (1 - guess) / (1 + Math.exp(difficulty - ability));

/** Spearman's: Pearson's over ranks. */
function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const ranks = (list: readonly number[]) => {
    const order = list.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
    const ranked = new Array<number>(list.length).fill(0);
    for (const [rank, { index }] of order.entries()) ranked[index] = rank;
    return ranked;
  };
  const [a, b] = [ranks(one), ranks(other)];
  const middle = (a.length - 1) / 2;
  const sum = (f: (index: number) => number) => a.reduce((total, _, index) => total + f(index), 0);
  const of = (list: readonly number[], index: number) => (list[index] ?? 0) - middle;
  return (
    sum((index) => of(a, index) * of(b, index)) /
    Math.sqrt(sum((index) => of(a, index) ** 2) * sum((index) => of(b, index) ** 2))
  );
}

const items = readCatalog()
  .catalog.questions.filter(isScored)
  .map((question) => ({
    id: question.id,
    label: question.difficulty,
    guess: guessOf(question),
  }));

/** 120 people of unknown ability, each item answered by 50 of them. */
function simulated(seed: string, truthOf: (label: number, draw: number) => number) {
  const random = randomFrom(seed);
  const people = Array.from({ length: 120 }, (_, index) => ({
    person: `p${index}`,
    ability: 0.3 + normal(random),
  }));
  const truth = items.map(({ label }) => truthOf(LABEL_LOGITS[label], normal(random)));
  const answers: FirstAnswer[] = items.flatMap(({ id, guess }, index) =>
    shuffled(people, `${seed} ${id}`)
      .slice(0, 50)
      .map(({ person, ability }) => ({
        person,
        item: id,
        isRight: random() < chance(ability, truth[index] ?? 0, guess),
      })),
  );
  const measured = measureDifficulties(items, answers);
  const found = items.map(({ id }) => measured.get(id) ?? { value: 0, low: 0, high: 0 });
  const covered = found.filter(({ low, high }, index) => {
    const is = truth[index] ?? 0;
    return low <= is && is <= high;
  }).length;
  return {
    correlation: rankCorrelation(
      truth,
      found.map(({ value }) => value),
    ),
    coverage: covered / items.length,
    bias:
      found.reduce((sum, { value }, index) => sum + value - (truth[index] ?? 0), 0) / items.length,
  };
}

// The spread of one logit is around the labels, or in all and then without any regard to them.
const TRUTHS = {
  'around their labels': (label: number, draw: number) => label + draw,
  'that the labels say nothing of': (_: number, draw: number) => draw,
};

test.each(
  Object.entries(TRUTHS).flatMap(([name, truthOf]) =>
    ['one', 'two'].map((seed) => [name, seed, truthOf] as const),
  ),
)('50 answers to each closed item find difficulties %s (seed %s)', (name, seed, truthOf) => {
  const { correlation, coverage, bias } = simulated(`difficulty ${seed}`, truthOf);

  if (process.env['FIGURES'])
    process.stdout.write(
      `${items.length} items ${name}, seed ${seed}: r ${correlation.toFixed(3)}, coverage ${coverage.toFixed(3)}, bias ${bias.toFixed(3)}\n`,
    );
  expect(correlation).toBeGreaterThanOrEqual(0.85);
  expect(coverage).toBeGreaterThanOrEqual(0.9);
  expect(coverage).toBeLessThanOrEqual(0.98);
});

test('an item without answers keeps its label, and says how little it knows', () => {
  const measured = measureDifficulties([{ id: 'q1', label: 'hard', guess: 0.25 }], []);

  const { value, low, high, answers } = measured.get('q1') ?? {};
  expect(answers).toBe(0);
  expect(value).toBeCloseTo(1, 3);
  // 1.96 deviations of one logit on both sides.
  expect(low).toBeCloseTo(1 - 1.96, 1);
  expect(high).toBeCloseTo(1 + 1.96, 1);
});

test('who answers matters: an item that only strong people got is not easy', () => {
  const known = Array.from({ length: 30 }, (_, index) => `k${index}`);
  const answers: FirstAnswer[] = ['strong', 'weak'].flatMap((group) =>
    Array.from({ length: 10 }, (_, index) => `${group} ${index}`).flatMap((person) => [
      ...known.map((item, at) => ({
        person,
        item,
        isRight: group === 'strong' ? at % 10 < 9 : at % 10 < 3,
      })),
      { person, item: `by the ${group}`, isRight: Number(person.split(' ')[1]) < 6 },
    ]),
  );
  const all = [...known, 'by the strong', 'by the weak'];

  const measured = measureDifficulties(
    all.map((id) => ({ id, label: 'medium', guess: 0 })),
    answers,
  );

  const [strong, weak] = ['by the strong', 'by the weak'].map((id) => measured.get(id)?.value ?? 0);
  expect(strong).toBeGreaterThan((weak ?? 0) + 1);
});

test('a label is wrong when all of the interval lies beyond it', () => {
  const measured = (low: number, high: number) => ({
    value: (low + high) / 2,
    low,
    high,
    answers: 50,
  });

  expect(isMislabeled('easy', measured(-0.4, 0.4))).toBe(true);
  expect(isMislabeled('easy', measured(-0.6, 0.4))).toBe(false);
  expect(isMislabeled('medium', measured(0.6, 1.4))).toBe(true);
  expect(isMislabeled('hard', measured(-0.4, 0.4))).toBe(true);
  expect(isMislabeled('hard', measured(1, 3))).toBe(false);
  expect([-0.6, 0, 0.6].map(labelOf)).toEqual(['easy', 'medium', 'hard']);
});

test('the chance of a blind answer is that of one among all that can be given', () => {
  expect(guessOf(singleItem('s'))).toBe(1 / 4);
  // Any of four options but none at all.
  expect(guessOf(multiItem('m'))).toBe(1 / 15);
  expect(guessOf(orderItem('o'))).toBeCloseTo(1 / 24, 12);
  expect(guessOf(numericItem('n'))).toBe(0);
});

test('the Elo scale of interviews and logits meet at medium and differ by a constant factor', () => {
  expect(eloOf(0)).toBe(FIRST_RATING.medium);
  // 400 points are odds of ten to one.
  expect(eloOf(Math.log(10))).toBeCloseTo(1600, 9);
});
