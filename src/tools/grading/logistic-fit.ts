import type { AnswerClues, PointClues } from '../../core/interview/grading/clues.ts';
import { GAMED } from '../../core/interview/grading/measure.ts';
import type { Observation } from '../../core/interview/grading/observe.ts';
import { THOROUGH, type Weights } from '../../core/interview/grading/score.ts';

/** An answer that was looked at, with its label, 0 to 1, and how much it counts. */
export type Sample = {
  seen: Observation;
  label: number;
  kind: string;
  counts: number;
  /** What was labelled for each point: 1 said, 0.5 partly, 0 not. */
  gold?: readonly number[] | undefined;
};

/** A point too much for nothing does more harm than one too few: such answers count so much more, tricks above all. */
const WORTHLESS = { label: 0.2, counts: 3, gamed: 4 };
/** Nobody says everything: this sum of likelihoods is a full answer. */
const FULL = 0.85;
/** How softly the sum is held at 1. */
const CAP = 12;
/** What the labels of single points weigh beside those of answers, and what large weights cost. */
const GOLD = 0.045;
const RIDGE = 0.003;
const ADAM = { rate: 0.05, first: 0.9, second: 0.999, epsilon: 1e-8 };

/** What speaks against a claim never speaks for it, whatever rare samples say. */
const AGAINST: ReadonlySet<string> = new Set<keyof PointClues | keyof AnswerClues>([
  'common',
  'asked',
  'vague',
  'listed',
  'misplaced',
  'exchanged',
  'mixed',
  'turned',
  'denying',
  'leaning',
  'field',
  'swapGain',
  'elsewhere',
]);

const POINT = Object.keys(THOROUGH.point) as (keyof PointClues)[];
const ANSWER = Object.keys(THOROUGH.answer) as (keyof AnswerClues)[];
const NAMES = [...POINT, ...ANSWER];
const WIDTH = NAMES.length;

/**
 * Finds the weights that bring the sum of likelihoods closest to the labels: least squares through the logistic curve,
 * with a ridge, by gradient descent at a rate that falls to zero (Adam, Kingma and Ba 2014,
 * https://arxiv.org/abs/1412.6980). Without chance: the same samples give the same numbers.
 */
export function fitScoring(samples: readonly Sample[], steps: number): Weights {
  const clues = Float64Array.from(
    samples.flatMap(({ seen }) => seen.points.flatMap((point) => cluesOf(point.clues, seen.clues))),
  );
  const { means, spreads } = standardize(clues);
  const weights = descend(samples, clues, steps);
  const plain = spreads.map((spread, j) => valueAt(weights, j) / spread);
  const shift = plain.reduce((sum, weight, j) => sum + weight * valueAt(means, j), 0);
  return {
    start: Number((valueAt(weights, WIDTH) - shift).toFixed(2)),
    point: named(POINT, plain),
    answer: named(ANSWER, plain.subarray(POINT.length)),
  };
}

function cluesOf(point: PointClues, answer: AnswerClues): number[] {
  return [...POINT.map((name) => point[name]), ...ANSWER.map((name) => answer[name])];
}

function valueAt(values: Float64Array, i: number): number {
  return values[i] ?? 0;
}

/** Brings each column to mean 0 and spread 1, in place. */
function standardize(clues: Float64Array): { means: Float64Array; spreads: Float64Array } {
  const rows = clues.length / WIDTH;
  const means = new Float64Array(WIDTH);
  const spreads = new Float64Array(WIDTH);
  for (const [i, value] of clues.entries())
    means[i % WIDTH] = valueAt(means, i % WIDTH) + value / rows;
  for (const [i, value] of clues.entries()) {
    const j = i % WIDTH;
    spreads[j] = valueAt(spreads, j) + (value - valueAt(means, j)) ** 2 / rows;
  }
  for (const [j, spread] of spreads.entries()) spreads[j] = Math.sqrt(spread) + 1e-6;
  for (const [i, value] of clues.entries())
    clues[i] = (value - valueAt(means, i % WIDTH)) / valueAt(spreads, i % WIDTH);
  return { means, spreads };
}

function descend(samples: readonly Sample[], clues: Float64Array, steps: number): Float64Array {
  const weights = new Float64Array(WIDTH + 1);
  weights[WIDTH] = -0.5;
  const first = new Float64Array(WIDTH + 1);
  const second = new Float64Array(WIDTH + 1);
  for (let step = 1; step <= steps; step += 1) {
    const slope = slopeOf(samples, clues, weights);
    const rate = ADAM.rate * (1 - step / (steps + 1));
    for (const [j, each] of slope.entries()) {
      const m = valueAt(first, j) * ADAM.first + each * (1 - ADAM.first);
      const v = valueAt(second, j) * ADAM.second + each * each * (1 - ADAM.second);
      first[j] = m;
      second[j] = v;
      const size = Math.sqrt(v / (1 - ADAM.second ** step)) + ADAM.epsilon;
      const next = valueAt(weights, j) - (rate * m) / (1 - ADAM.first ** step) / size;
      weights[j] = AGAINST.has(NAMES[j] ?? '') ? Math.min(0, next) : next;
    }
  }
  return weights;
}

/** The slope of the loss: squared errors of the answers, cross-entropy of the labelled points, and the ridge. */
function slopeOf(
  samples: readonly Sample[],
  clues: Float64Array,
  weights: Float64Array,
): Float64Array {
  const slope = new Float64Array(WIDTH + 1);
  const all = samples.reduce((sum, sample) => sum + countOf(sample), 0);
  const golds = samples.reduce((sum, { gold }) => sum + (gold?.length ?? 0), 0);
  let row = 0;
  for (const sample of samples) {
    const { points } = sample.seen;
    const chances = points.map((_, i) => chanceOf(clues, (row + i) * WIDTH, weights));
    const sum = points.reduce((total, { share }, i) => total + share * (chances[i] ?? 0), 0) / FULL;
    const capped = -Math.log(Math.exp(-CAP * sum) + Math.exp(-CAP)) / CAP;
    const through = 1 / (1 + Math.exp(CAP * (sum - 1)));
    const error = (2 * countOf(sample) * (capped - targetOf(sample)) * through) / FULL / all;
    for (const [i, { share }] of points.entries()) {
      const chance = chances[i] ?? 0;
      const own = sample.gold ? (GOLD * (chance - (sample.gold[i] ?? 0))) / golds : 0;
      addScaled(slope, clues, row * WIDTH, error * share * chance * (1 - chance) + own);
      row += 1;
    }
  }
  for (let j = 0; j < WIDTH; j += 1)
    slope[j] = valueAt(slope, j) + (2 * RIDGE * valueAt(weights, j)) / WIDTH;
  return slope;
}

function addScaled(slope: Float64Array, clues: Float64Array, from: number, pull: number): void {
  for (let j = 0; j < WIDTH; j += 1) slope[j] = valueAt(slope, j) + pull * valueAt(clues, from + j);
  slope[WIDTH] = valueAt(slope, WIDTH) + pull;
}

/** What the points must add up to: the label, before red flags took off their part. */
function targetOf({ label, seen }: Sample): number {
  return Math.min(1, label + (label > WORTHLESS.label ? seen.deducted : 0));
}

function countOf({ label, kind, counts }: Sample): number {
  if (GAMED.has(kind)) return counts * WORTHLESS.gamed;
  return counts * (label <= WORTHLESS.label ? WORTHLESS.counts : 1);
}

function chanceOf(clues: Float64Array, from: number, weights: Float64Array): number {
  let sum = valueAt(weights, WIDTH);
  for (let j = 0; j < WIDTH; j += 1) sum += valueAt(clues, from + j) * valueAt(weights, j);
  return 1 / (1 + Math.exp(-sum));
}

function named<K extends string>(names: readonly K[], values: Float64Array): Record<K, number> {
  return Object.fromEntries(
    names.map((name, j) => [name, Number(valueAt(values, j).toFixed(2))]),
  ) as Record<K, number>;
}
