import { isScored } from '../questions/check-answer.ts';
import type { Difficulty, Question } from '../questions/schema.ts';

/** The first answer of one person to one item. */
export type FirstAnswer = { person: string; item: string; isRight: boolean };

/** What is known of an item before anybody answers it. */
export type UnmeasuredItem = {
  id: string;
  label: Difficulty;
  /** The chance of a right answer of somebody who knows nothing, 0 to 1. */
  guess: number;
};

/** How hard an item is, in logits: as easy, medium and hard are meant, −1, 0 and 1. */
export type MeasuredDifficulty = {
  value: number;
  /** The ends of the 95% interval. */
  low: number;
  high: number;
  answers: number;
};

/** Where a label puts an item, in logits. */
export const LABEL_LOGITS: Record<Difficulty, number> = { easy: -1, medium: 0, hard: 1 };

/** How far items lie from their labels, and people from their mean, in logits (standard deviations). */
const LABEL_SD = 1;
const ABILITY_SD = 1;

/** Difficulties and abilities that are told apart: -5 to 5 logits. */
const STEP = 0.2;
const POINTS = Array.from({ length: 51 }, (_, index) => (index - 25) * STEP);
const SIZE = POINTS.length;

/** Estimates of items and people move each other; after so many rounds they move by about a hundredth. */
const ROUNDS = 4;

/** Answers that are looked at in a step: some 5 ms. */
const ANSWERS_A_STEP = 500;

/** Weights below this change no estimate. */
const NEGLIGIBLE = 1e-6;

/** `1 / (1 + e^-x)` for every difference of two points. */
const LOGISTIC = Array.from(
  { length: 2 * SIZE - 1 },
  (_, index) => 1 / (1 + Math.exp(-(index - SIZE + 1) * STEP)),
);

/** The chance that somebody who knows nothing is right: by chance alone, among all answers that can be given. */
export function guessOf(question: Question): number {
  if (!isScored(question) || question.format === 'numeric') return 0;
  if (question.format === 'order')
    return question.steps.reduce((chance, _, index) => chance / (index + 1), 1);
  const options = question.options.length;
  return question.format === 'single' ? 1 / options : 1 / (2 ** options - 1);
}

/** A difficulty on the Elo scale of `interview/rating.ts`, where 1200 is medium. */
export const eloOf = (logits: number): number => 1200 + (logits * 400) / Math.LN10;

/** The label that a difficulty would get. */
export function labelOf(logits: number): Difficulty {
  if (logits < -0.5) return 'easy';
  return logits > 0.5 ? 'hard' : 'medium';
}

/** Whether all of the interval lies beyond what the label means. */
export function isMislabeled(label: Difficulty, { low, high }: MeasuredDifficulty): boolean {
  const span = { easy: [-Infinity, -0.5], medium: [-0.5, 0.5], hard: [0.5, Infinity] } as const;
  const [least, most] = span[label];
  return high < least || low > most;
}

/**
 * How hard items are, by the answers of people whose ability is not known either (Rasch model with guessing):
 *
 *     P(right) = guess + (1 - guess) / (1 + e^(difficulty - ability))
 *
 * An item starts as a normal distribution around its label, a person as one around the mean of all, which is estimated as
 * well. Distributions are kept as weights of points. An answer tells of its item by what all other answers say of
 * its person. An item without answers keeps its label and a wide interval.
 *
 * Thousands of answers take half a second, so whoever measures may do something else after each step.
 *
 * @see Rasch, "Probabilistic Models for Some Intelligence and Attainment Tests" (1960); Birnbaum in Lord and Novick,
 *   "Statistical Theories of Mental Test Scores" (1968); for the passing of beliefs Minka, "Expectation Propagation for
 *   Approximate Bayesian Inference" (2001)
 */
export function* measuringDifficulties(
  items: readonly UnmeasuredItem[],
  answers: readonly FirstAnswer[],
): Generator<void, Map<string, MeasuredDifficulty>> {
  const known = new Map(items.map((item) => [item.id, item]));
  const usable = answers.filter(({ item }) => known.has(item));
  const byItem = grouped(usable, ({ item }) => item);
  const byPerson = grouped(usable, ({ person }) => person);
  const beliefs = new Map(
    items.map(({ id, label }) => [id, normal(LABEL_LOGITS[label], LABEL_SD)]),
  );
  let mean = 0;
  yield;
  for (let round = 0; round < ROUNDS; round += 1) {
    const chances = new Map(
      items.map(({ id, guess }) => [id, chancesOf(beliefs.get(id) ?? [], guess)]),
    );
    const logs = new Map(
      [...chances].map(([id, ofItem]) => [
        id,
        {
          right: ofItem.map((chance) => Math.log(likelihood(chance, true))),
          wrong: ofItem.map((chance) => Math.log(likelihood(chance, false))),
        },
      ]),
    );
    const people = new Map<string, number[]>();
    for (const [person, given] of byPerson) {
      people.set(person, abilityOf(given, logs, mean));
      if (people.size % ANSWERS_A_STEP === 0) yield;
    }
    // The mean of people is itself around 0, so that one strong person does not move all items.
    const sum = [...people.values()].reduce((total, ability) => total + meanOf(ability), 0);
    mean = sum / (people.size + ABILITY_SD ** 2);
    for (const [id, given] of byItem) {
      const item = known.get(id);
      if (item) beliefs.set(id, yield* difficultyOf(item, given, people, chances.get(id) ?? []));
    }
  }
  return new Map(
    items.map(({ id }) => {
      const belief = beliefs.get(id) ?? [];
      return [
        id,
        {
          value: meanOf(belief),
          low: quantile(belief, 0.025),
          high: quantile(belief, 0.975),
          answers: byItem.get(id)?.length ?? 0,
        },
      ];
    }),
  );
}

/** The chance of a right answer at each ability, over all that the item may be. */
function chancesOf(belief: readonly number[], guess: number): number[] {
  return POINTS.map((_, ability) => {
    let chance = 0;
    for (let point = 0; point < SIZE; point += 1)
      chance += (belief[point] ?? 0) * (LOGISTIC[ability - point + SIZE - 1] ?? 0);
    return guess + (1 - guess) * chance;
  });
}

function abilityOf(
  given: readonly FirstAnswer[],
  logs: ReadonlyMap<string, { right: number[]; wrong: number[] }>,
  mean: number,
): number[] {
  const sums = POINTS.map((ability) => -((ability - mean) ** 2) / (2 * ABILITY_SD ** 2));
  for (const { item, isRight } of given) {
    const ofItem = logs.get(item)?.[isRight ? 'right' : 'wrong'] ?? [];
    for (let point = 0; point < SIZE; point += 1)
      sums[point] = (sums[point] ?? 0) + (ofItem[point] ?? 0);
  }
  return weightsOf(sums);
}

function* difficultyOf(
  { label, guess }: UnmeasuredItem,
  given: readonly FirstAnswer[],
  people: ReadonlyMap<string, readonly number[]>,
  chances: readonly number[],
): Generator<void, number[]> {
  const logs = POINTS.map((point) => -((point - LABEL_LOGITS[label]) ** 2) / (2 * LABEL_SD ** 2));
  for (const [index, { person, isRight }] of given.entries()) {
    if (index % ANSWERS_A_STEP === 0) yield;
    const ability = people.get(person) ?? [];
    // Without what this very answer told of its person.
    const others = ability.map((weight, at) => weight / likelihood(chances[at] ?? 0, isRight));
    const total = others.reduce((sum, weight) => sum + weight, 0);
    const rights = new Array<number>(SIZE).fill(0);
    for (const [at, other] of others.entries()) {
      const weight = other / total;
      if (weight < NEGLIGIBLE) continue;
      for (let point = 0; point < SIZE; point += 1)
        rights[point] = (rights[point] ?? 0) + weight * (LOGISTIC[at - point + SIZE - 1] ?? 0);
    }
    for (let point = 0; point < SIZE; point += 1) {
      const chance = guess + (1 - guess) * (rights[point] ?? 0);
      logs[point] = (logs[point] ?? 0) + Math.log(likelihood(chance, isRight));
    }
  }
  return weightsOf(logs);
}

const likelihood = (chance: number, isRight: boolean) =>
  Math.max(1e-9, isRight ? chance : 1 - chance);

const normal = (mean: number, sd: number) =>
  weightsOf(POINTS.map((point) => -((point - mean) ** 2) / (2 * sd ** 2)));

/** Weights that sum to 1, from their logarithms. */
function weightsOf(logs: readonly number[]): number[] {
  const top = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

const meanOf = (weights: readonly number[]) =>
  weights.reduce((sum, weight, index) => sum + weight * (POINTS[index] ?? 0), 0);

/** The point below which so much of the weight lies; each weight is spread evenly around its point. */
function quantile(weights: readonly number[], share: number): number {
  let below = 0;
  for (const [index, weight] of weights.entries()) {
    if (below + weight >= share)
      return (POINTS[index] ?? 0) + STEP * ((share - below) / weight - 0.5);
    below += weight;
  }
  return POINTS[SIZE - 1] ?? 0;
}

function grouped<T>(list: readonly T[], keyOf: (each: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of list) {
    const group = groups.get(keyOf(each));
    if (group) group.push(each);
    else groups.set(keyOf(each), [each]);
  }
  return groups;
}
