import type { Generator } from '../../src/core/questions/generators/generator.ts';
import { wholeRatios } from '../../src/core/questions/option-places.ts';
import { numberIn } from '../../src/core/questions/text-tokens.ts';
import { expectedMark } from './guess.ts';

/** How often the answer of a kind is found without calculating, in percent. */
export type DrawnGuess = {
  id: string;
  /** How often it stands at each place. */
  places: number[];
  /** By someone who takes the option that has the most whole ratios to the others, or the fewest: the better of all. */
  byRatio: number;
  /** By somebody who has seen the other draws with their answers, and looks for the most alike in ratios. */
  learned: number;
};

const PLACES = { least: 15, most: 35 };
/** A quarter is chance; 300 draws are known to about 2.5 points. */
const MOST_BY_RATIO = 30;
/** Ratios beyond these are not taken for a slip. */
const MAX_RATIOS = [4, 16];
const NEIGHBOURS = 5;

/** Draws a kind many times and tries to guess its answers; only for kinds with options. */
export function guessDrawn({ id, draw }: Generator, draws: number): DrawnGuess {
  const rows = Array.from({ length: draws }, (_, index) => {
    const question = draw(`guess${index}`);
    if (question.format === 'numeric') throw new RangeError(`${id} has no options`);
    const values = question.options.map(({ text }) => numberIn(text) ?? Number.NaN);
    return { question, values, right: question.options.findIndex(({ correct }) => correct) };
  });
  const percent = (sum: number) => (100 * sum) / draws;
  const mark = (scoresOf: (row: (typeof rows)[number]) => number[]) =>
    percent(rows.reduce((sum, row) => sum + expectedMark(row.question, scoresOf(row)), 0));
  return {
    id,
    places: [0, 1, 2, 3].map((place) => percent(rows.filter((row) => row.right === place).length)),
    byRatio: Math.max(
      ...MAX_RATIOS.flatMap((limit) => [
        mark(({ values }) => wholeRatios(values, limit)),
        mark(({ values }) => wholeRatios(values, limit).map((count) => -count)),
      ]),
    ),
    learned: mark((row) => votes(row, rows)),
  };
}

/** What is wrong with a kind, in words. */
export function drawnHabits({ id, places, byRatio }: DrawnGuess): string[] {
  const shares = places.map((share) => share.toFixed(0)).join(', ');
  return [
    ...(places.some((share) => share < PLACES.least || share > PLACES.most)
      ? [`${id} has its answer at the places A to D in ${shares} %`]
      : []),
    ...(byRatio > MOST_BY_RATIO ? [`${id} is found by ratios in ${byRatio.toFixed(0)} %`] : []),
  ];
}

type Row = { values: readonly number[]; right: number };

/** For each place, how many of the draws with the most similar ratios have their answer there. */
function votes(row: Row, rows: readonly Row[]): number[] {
  const shape = ({ values }: Row) =>
    values.slice(1).map((value, index) => Math.log(value / (values[index] ?? value)));
  const own = shape(row);
  const alike = rows
    .filter((other) => other !== row)
    .map((other) => ({
      right: other.right,
      distance: Math.hypot(...shape(other).map((value, index) => value - (own[index] ?? 0))),
    }))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, NEIGHBOURS);
  return row.values.map((_, place) => alike.filter(({ right }) => right === place).length);
}
