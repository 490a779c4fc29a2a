import { COVERED, LEVELS, PARTLY } from '../levels.ts';
import type { AnswerClues, PointClues } from './clues.ts';
import type { Observation, PointObservation } from './observe.ts';
import type { Grade, PointGrade, PreparedQuestion, Verdict } from './types.ts';

/** The fitted numbers that make a likelihood of what was seen: what each clue weighs, and where the curve starts. */
export type Weights = {
  start: number;
  point: Readonly<Record<keyof PointClues, number>>;
  answer: Readonly<Record<keyof AnswerClues, number>>;
};

/** The numbers that turn what was seen into a grade. */
export type Scoring = Weights & {
  /** What doubt earns: a likelihood below that of full credit earns its share of it to this power. */
  power: number;
};

/**
 * Fitted on the labelled answers of `data/grading` and on the bank's model answers (`npm run bench:grading -- --fit`);
 * docs/grading.md says how.
 */
export const THOROUGH: Scoring = {
  power: 1.5,
  start: -6.38,
  point: {
    mean: 5.29,
    best: 2.01,
    strong: -4.95,
    own: 2.17,
    common: -1.81,
    apart: -1.12,
  },
  answer: {
    asked: -2.52,
    tens: 1.39,
    bare: 3.15,
    vague: -17.18,
    gates: 3.52,
    meanMatch: 2.62,
    bestMatch: 0.67,
    listed: -3.47,
    misplaced: -1.41,
    exchanged: -3.74,
    mixed: -6.86,
    turned: -2.9,
    denying: -5.67,
    leaning: -2.09,
    field: -2.35,
    swapGain: -13.8,
    elsewhere: -6.83,
  },
};

/**
 * For questions without false wordings, such as a team's own. Nothing but right wordings speaks against a wrong claim there,
 * so a point must be met more surely.
 */
export const SPARSE: Scoring = {
  power: 1.25,
  start: -6.21,
  point: {
    mean: 5.85,
    best: 0.53,
    strong: -5.58,
    own: 2.21,
    common: -0.61,
    apart: -1.1,
  },
  answer: {
    asked: -0.67,
    tens: 0.37,
    bare: 0.23,
    vague: 0,
    gates: 1.33,
    meanMatch: 2.56,
    bestMatch: 1,
    listed: -2.03,
    misplaced: -1.21,
    exchanged: -3.52,
    mixed: -4,
    turned: -0.33,
    denying: -4.92,
    leaning: -0.79,
    field: -1.48,
    swapGain: -48.93,
    elsewhere: -4.02,
  },
};

/** The numbers that a question is graded by. */
export function scoringOf({ isSparse }: Pick<PreparedQuestion, 'isSparse'>): Scoring {
  return isSparse ? SPARSE : THOROUGH;
}

/** From this likelihood on a point earns everything. */
const EARNS_ALL = 0.75;
/** Of a point that was said at least this share of a wording is met; from the second value on nobody asks. */
const MET = { from: 0.2, enough: 0.35 };
/** What is left of the credit of a point that was only guessed at. */
const HEDGED = 0.9;
/**
 * A likelihood in this range is worth a question, where a wording was half met: did you say it? So is a lower one where it
 * was clearly met.
 */
const DOUBT = { from: 0.16, to: 0.6, met: 0.45, clear: 0.7 };
/** Below each of these sums of credits doubt rounds down. */
export const ROUNDED_BELOW = { half: 0.5, threeQuarters: 0.75 };
/**
 * What a sum of credits says of an answer: the score at each sum, straight lines between. Doubt rounds down: up to one half
 * it is a start and no more, up to three quarters not yet solid, in order all the same.
 */
const CURVE: readonly (readonly [credits: number, score: number])[] = [
  [0, 0],
  [0.24, 0.24],
  [ROUNDED_BELOW.half, 0.25],
  [ROUNDED_BELOW.half, 0.5],
  [ROUNDED_BELOW.threeQuarters, 0.62],
  [ROUNDED_BELOW.threeQuarters, 0.75],
  [1, 1],
];
/** Three of four points are three quarters, whatever their shares add up to in floating point. */
const ROUNDING = 1e-9;
/** Gates that leave less than this are no mere clues. */
const STRONG_GATE = 0.5;
/** Without a required point an answer is not better than partly there. */
export const WITHOUT_REQUIRED = 0.6;

/** What a red flag costs when its author did not say. */
export const DEFAULT_DEDUCTION = 0.3;

/**
 * How likely it is that a point was said, 0 to 1: a logistic model over the clues to the point and to the whole answer.
 *
 *     likelihood = σ(start + Σ weight · clue)
 */
export function likelihoodOf(point: PointClues, answer: AnswerClues, weights: Weights): number {
  return sigmoid(weights.start + weigh(point, weights.point) + weigh(answer, weights.answer));
}

function weigh<K extends string>(
  clues: Readonly<Record<K, number>>,
  weights: Readonly<Record<K, number>>,
): number {
  let sum = 0;
  for (const name in weights) sum += weights[name] * clues[name];
  return sum;
}

/**
 * The credit for a point, 0 to 1, from its likelihood. However good the rest of an answer is, a point of which next to
 * nothing was met, or the opposite was met far more surely, earns nothing; a guess earns a little less than a statement.
 */
export function creditOf(
  { clues, isTurned, isHedged }: Pick<PointObservation, 'clues' | 'isTurned' | 'isHedged'>,
  answer: AnswerClues,
  scoring: Scoring,
): number {
  if (isTurned) return 0;
  const earned = share(likelihoodOf(clues, answer, scoring), 0, EARNS_ALL) ** scoring.power;
  return earned * share(clues.best, MET.from, MET.enough) * (isHedged ? HEDGED : 1);
}

/** How far a value is on the way from one number to another, 0 to 1. */
function share(value: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (value - from) / (to - from)));
}

/** The verdict that a credit stands for. */
export function verdictOf(credit: number): Verdict {
  return credit >= COVERED ? 'covered' : credit >= PARTLY ? 'partly' : 'missed';
}

/**
 * The score of an answer, 0 to 1, from the same credits that are shown for its points.
 *
 *     score = (Σ share · credit − deductions, read off the curve) · what strong gates leave
 */
export function scoreOf(seen: Observation, scoring: Scoring): number {
  let sum = 0;
  let most = 1;
  for (const point of seen.points) {
    const credit = creditOf(point, seen.clues, scoring);
    sum += point.share * credit;
    if (point.required && credit < PARTLY) most = WITHOUT_REQUIRED;
  }
  return curved(Math.min(most, Math.max(0, sum - seen.deducted))) * formOf(seen);
}

function curved(credits: number): number {
  const next = CURVE.findIndex(([until]) => credits + ROUNDING < until);
  const [from, low] = CURVE[next - 1] ?? [0, 0];
  const [to, high] = CURVE[next] ?? [1, 1];
  return next < 0 ? Math.min(1, credits) : low + share(credits, from, to) * (high - low);
}

/** What the form of an answer leaves of its credits: a list of terms hardly anything. Weaker doubts are clues already. */
function formOf({ factor }: Observation): number {
  return factor < STRONG_GATE ? factor : 1;
}

/** The grade that is shown. */
export function gradeOf(question: PreparedQuestion, seen: Observation): Grade {
  const scoring = scoringOf(question);
  const score = scoreOf(seen, scoring);
  const form = formOf(seen);
  const points = question.points.map(({ id, text }, i): PointGrade => {
    const point = seen.points[i];
    if (!point) return { id, text, verdict: 'missed', credit: 0, evidence: '', unsure: false };
    const credit = creditOf(point, seen.clues, scoring) * form;
    // Nobody shall hear of an opposite that was not said: it takes a point that earned nothing, too.
    if (point.isOpposed && credit === 0)
      return { id, text, verdict: 'contradicted', credit, evidence: point.counter, unsure: false };
    const unsure = form === 1 && isOpen(point, seen.clues, scoring);
    return { id, text, verdict: verdictOf(credit), credit, evidence: point.evidence, unsure };
  });
  const level = levelOf(score);
  return {
    score,
    level,
    levelWord: LEVELS[level],
    points,
    redFlags: seen.claims.map(({ flag, evidence }) => ({ text: flag.text, evidence })),
    flags: [...seen.flags],
  };
}

/** The words are there, and yet it is not sure that the point was said: the candidate is asked. */
function isOpen({ clues }: PointObservation, answer: AnswerClues, scoring: Scoring): boolean {
  const likelihood = likelihoodOf(clues, answer, scoring);
  if (likelihood > DOUBT.to) return false;
  return clues.best >= DOUBT.clear || (likelihood >= DOUBT.from && clues.best >= DOUBT.met);
}

/** The level of a score: the nearest quarter. */
export function levelOf(score: number): Grade['level'] {
  const level = Math.round(score * 4);
  return level <= 0 ? 0 : level === 1 ? 1 : level === 2 ? 2 : level === 3 ? 3 : 4;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
