import { randomFrom } from '../../random.ts';
import { correlation, figuresOf, harmOf, type Measured, mean, weightedKappa } from './measure.ts';
import type { Observation } from './observe.ts';
import { type Scoring, scoreOf } from './score.ts';

/** An answer that was looked at, with its label. */
export type Sample = { seen: Observation; label: number; kind: string };

/** What the numbers of the score are fitted on. */
export type FitSets = {
  /** Labelled answers to questions of the field. */
  answers: readonly Sample[];
  /** Labelled answers of an exam. */
  exam: readonly Sample[];
  /** Model answers to other questions of the chapter: nobody should get points for them. */
  others: readonly Sample[];
  /** Model answers to the question itself. */
  own: readonly Sample[];
};

const BOUNDS: Readonly<Record<keyof Scoring, readonly [number, number]>> = {
  best: [0, 8],
  mean: [0, 8],
  against: [1, 3],
  start: [-4, 0],
  own: [0, 3],
  common: [0, 4],
  apart: [0, 3],
  chance: [0, 0.4],
  enough: [0.75, 1],
  contradicted: [0.3, 0.6],
  misstated: [0, 0.1],
  hedged: [0.7, 1],
};
const STEP = 0.15;

/** Random search from the given numbers, with steps that shrink; the same seed gives the same numbers. */
export function fitScoring(
  start: Scoring,
  sets: FitSets,
  { tries, seed }: { tries: number; seed: string },
): Scoring {
  const random = randomFrom(seed);
  const names = Object.keys(BOUNDS).filter((name): name is keyof Scoring => name in start);
  let best = start;
  let value = worthOf(best, sets);
  for (let i = 0; i < tries; i += 1) {
    const next = { ...best };
    for (const name of names) {
      if (random() < 0.5) continue;
      const [low, high] = BOUNDS[name];
      const step = (random() + random() + random() - 1.5) * STEP * (high - low) * 0.99 ** (i / 8);
      next[name] = Math.min(high, Math.max(low, best[name] + step));
    }
    const reached = worthOf(next, sets);
    if (reached > value) {
      best = next;
      value = reached;
    }
  }
  return best;
}

/** Agreement on answers and exam, less what does harm. */
function worthOf(scoring: Scoring, sets: FitSets): number {
  const rows = (samples: readonly Sample[]) => samples.map((sample) => measure(sample, scoring));
  const answers = rows(sets.answers);
  const exam = rows(sets.exam);
  const others = rows(sets.others).map(({ score }) => score);
  const own = rows(sets.own).map(({ score }) => score);
  const { correlation: r, kappa, rmse } = figuresOf(answers);
  const harm = harmOf(answers);
  const doubtful = answers.filter(({ label, score }) => label <= 0.2 && score >= 0.5).length;
  return (
    r +
    kappa -
    rmse / 2 +
    0.7 * correlation(exam) +
    0.2 * weightedKappa(exam) -
    0.25 * (mean(others) + mean(others.map((score) => (score > 0.3 ? 1 : 0)))) -
    2 * mean(own.map((score) => Math.max(0, 0.95 - score))) -
    0.01 * (harm.overscored.count + doubtful) -
    0.004 * harm.goodUnderHalf.count
  );
}

function measure({ seen, label, kind }: Sample, scoring: Scoring): Measured {
  return { kind, label, score: scoreOf(seen, scoring) };
}
