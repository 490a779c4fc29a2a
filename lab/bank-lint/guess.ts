import type { ChoiceQuestion } from '../../src/core/questions/schema.ts';
import { type ChoiceSurface, COMBINED, standardized, TRICKS, type Trick } from './tricks.ts';

/** How far a trick may beat chance, in points of a hundred. */
export const ALLOWED_ABOVE_CHANCE = 10;

/** What a trick earns over a set of items; marks are means in percent. */
export type GuessResult = {
  name: string;
  /** Items on which the trick has an opinion; on the others it guesses. */
  speaks: number;
  items: number;
  score: number;
  chance: number;
  aboveChance: number;
};

/** Answers every item with every trick and with all of them combined, best first. */
export function guessAll(questions: readonly ChoiceQuestion[]): GuessResult[] {
  const results = [COMBINED, ...TRICKS].map((trick) => guessWith(trick, questions));
  return results.sort((one, two) => two.aboveChance - one.aboveChance);
}

/** Answers every item with one trick. */
function guessWith(trick: Trick, questions: readonly ChoiceQuestion[]): GuessResult {
  return summary(
    trick.name,
    questions.map((question) => ({ question, scores: trick.scores(surfaceOf(question)) })),
  );
}

/**
 * Answers with weights fitted to the other half of the bank: an upper bound for somebody who has
 * seen many of its items with their keys and has learnt its habits.
 */
export function guessTuned(questions: readonly ChoiceQuestion[]): GuessResult {
  const rows = questions.map((question) => ({ question, features: featuresOf(question) }));
  const half = (parity: number) => rows.filter((_, index) => index % 2 === parity);
  const answered = [0, 1].flatMap((parity) => {
    const weights = fitted(half(1 - parity));
    return half(parity).map(({ question, features }) => ({
      question,
      scores: features.map((row) => dot(row, weights)),
    }));
  });
  return summary('tuned on the other half', answered);
}

function surfaceOf({ format, prompt, options }: ChoiceQuestion): ChoiceSurface {
  return { format, prompt, options: options.map(({ text }) => text) };
}

function summary(
  name: string,
  answers: readonly { question: ChoiceQuestion; scores: number[] }[],
): GuessResult {
  const mean = (values: number[]) =>
    values.length === 0 ? 0 : (100 * values.reduce((sum, value) => sum + value, 0)) / values.length;
  const score = mean(answers.map(({ question, scores }) => expectedMark(question, scores)));
  const chance = mean(
    answers.map(({ question }) =>
      expectedMark(
        question,
        question.options.map(() => 0),
      ),
    ),
  );
  return {
    name,
    speaks: answers.filter(({ scores }) => Math.max(...scores) - Math.min(...scores) > 1e-9).length,
    items: answers.length,
    score,
    chance,
    aboveChance: score - chance,
  };
}

/**
 * The mark to expect, 0 to 1, when the best-liked options are ticked and ties are broken by a coin:
 * one option of a single, half of the options of a multi, marked as the product marks them.
 */
export function expectedMark(
  { format, options }: Pick<ChoiceQuestion, 'format' | 'options'>,
  scores: readonly number[],
): number {
  const ticks = format === 'single' ? 1 : Math.round(options.length / 2);
  let best = Number.NEGATIVE_INFINITY;
  let marks: number[] = [];

  for (const choice of subsets(options.length, ticks)) {
    const liked = choice.reduce((sum, index) => sum + (scores[index] ?? 0), 0);
    if (liked < best - 1e-9) continue;
    if (liked > best + 1e-9) marks = [];
    best = Math.max(best, liked);
    marks.push(markOf(options, choice));
  }
  return marks.reduce((sum, mark) => sum + mark, 0) / marks.length;
}

function markOf(options: ChoiceQuestion['options'], choice: readonly number[]): number {
  const right = options.filter(({ correct }) => correct).length;
  const hits = choice.filter((index) => options[index]?.correct).length;
  return Math.max(0, (hits - (choice.length - hits)) / right);
}

function subsets(size: number, picked: number): number[][] {
  if (picked === 0) return [[]];
  return Array.from({ length: size }, (_, last) => last).flatMap((last) =>
    subsets(last, picked - 1).map((rest) => [...rest, last]),
  );
}

/** One row for each option: what every trick thinks of it, on one scale. */
function featuresOf(question: ChoiceQuestion): number[][] {
  const columns = TRICKS.map((trick) => standardized(trick.scores(surfaceOf(question))));
  return question.options.map((_, index) => columns.map((column) => column[index] ?? 0));
}

/** Logistic weights by plain gradient ascent, held small so that they carry over. */
function fitted(rows: readonly { question: ChoiceQuestion; features: number[][] }[]): number[] {
  const weights = TRICKS.map(() => 0);
  for (let step = 0; step < 200; step += 1) {
    const gradient = weights.map((weight) => -0.01 * weight);
    for (const { question, features } of rows) {
      const shares = softmax(features.map((row) => dot(row, weights)));
      const right = question.options.filter(({ correct }) => correct).length;
      for (const [index, option] of question.options.entries()) {
        const miss = (option.correct ? 1 / right : 0) - (shares[index] ?? 0);
        for (const [column, value] of (features[index] ?? []).entries()) {
          gradient[column] = (gradient[column] ?? 0) + (miss * value) / rows.length;
        }
      }
    }
    for (const [column, slope] of gradient.entries()) {
      weights[column] = (weights[column] ?? 0) + 0.5 * slope;
    }
  }
  return weights;
}

function softmax(scores: readonly number[]): number[] {
  const highest = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - highest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
}
