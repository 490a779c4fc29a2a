import { COVERED, LEVELS, PARTLY } from '../levels.ts';
import type { Observation, PointObservation } from './observe.ts';
import type { Grade, PointGrade, PreparedQuestion, Verdict } from './types.ts';

/** The numbers that turn what was seen into a grade. */
export type Scoring = {
  /** Weight of the best phrasing, of the mean of all phrasings and of the opposition, and the start of the curve. */
  best: number;
  mean: number;
  against: number;
  start: number;
  /** Weight of the words that no other point claims, of what is common to the topic, and of words that stand apart. */
  own: number;
  common: number;
  apart: number;
  /** The value of the curve that a match by chance reaches: it earns nothing. */
  chance: number;
  /** Full marks from this share of the credits on: nobody says everything. */
  enough: number;
  /** What it costs to contradict everything, as a share of the score. */
  contradicted: number;
  /** What each wrong quantity costs, up to three of them. */
  misstated: number;
  /** What is left of the credit of a point that was only guessed at. */
  hedged: number;
};

/**
 * Fitted on DigiKlausur, the labelled answers and the bank's model answers: docs/grading.md says how.
 */
export const SCORING: Scoring = {
  best: 1.42,
  mean: 2.56,
  against: 1.4,
  start: -0.91,
  own: 0.7,
  common: 0.8,
  apart: 0.59,
  chance: 0.381,
  enough: 0.735,
  contradicted: 0.35,
  misstated: 0.033,
  hedged: 0.9,
};

/**
 * Opposition weaker than this, or than this share of the agreement, is noise; from the third value on, and stronger than the
 * agreement by the last, it contradicts: nobody shall hear of an opposite that was not said.
 */
const AGAINST = { noise: 0.35, noiseShare: 0.85, contradicts: 0.65, margin: 0.1 };
/** Red flags take off at most this much together. */
const MOST_DEDUCTED = 0.6;
/** Scores below this, and credits in this range, are worth a question: did you say it? */
const DOUBT = { score: 0.5, words: 18, from: 0.25, to: 0.75, points: 2 };
/** Without one point that is surely covered an answer is a collection of near misses: this much of it counts. */
const NOTHING_SURE = 0.44;
/** Without a required point an answer is not better than partly there. */
const WITHOUT_REQUIRED = 0.6;
/** More wrong quantities than this cost no more. */
const MOST_MISSTATED = 3;

/** What a red flag costs when its author did not say. */
export const DEFAULT_DEDUCTION = 0.3;

/**
 * From the match of a point to its credit, 0 to 1: a logistic curve, stretched so that a chance match gives 0 and a full
 * one 1. A contradicted point gives 0.
 *
 *     x = best·raw + mean·mean + own·own − against·opposition − common·common − apart·apart + start
 *     credit = (σ(x) − chance) / (σ(best + mean + own + start) − chance)
 */
export function creditOf(
  point: Pick<PointObservation, 'raw' | 'mean' | 'against' | 'own' | 'common' | 'apart' | 'hedged'>,
  scoring: Scoring = SCORING,
): number {
  if (isContradicted(point)) return 0;
  const noise = Math.max(AGAINST.noise, AGAINST.noiseShare * point.raw);
  const against = point.against > noise ? point.against : 0;
  const agreed = scoring.best * point.raw + scoring.mean * point.mean + scoring.own * point.own;
  const doubted =
    scoring.against * against + scoring.common * point.common + scoring.apart * point.apart;
  const share = sigmoid(agreed - doubted + scoring.start);
  const full = sigmoid(scoring.best + scoring.mean + scoring.own + scoring.start);
  const credit = clamp((share - scoring.chance) / (full - scoring.chance));
  return point.hedged ? credit * scoring.hedged : credit;
}

/** Whether the answer says the opposite of the point. */
export function isContradicted({
  raw,
  against,
}: Pick<PointObservation, 'raw' | 'against'>): boolean {
  return against >= AGAINST.contradicts && against > raw + AGAINST.margin;
}

/** The verdict that a credit stands for. */
export function verdictOf(credit: number): Verdict {
  return credit >= COVERED ? 'covered' : credit >= PARTLY ? 'partly' : 'missed';
}

/** The score of an answer, 0 to 1, from the same credits that are shown for its points. */
export function scoreOf(seen: Observation, scoring: Scoring = SCORING): number {
  let credit = 0;
  let contradicted = 0;
  let cap = 1;
  let surest = 0;
  for (const point of seen.points) {
    const own = creditOf(point, scoring);
    credit += point.share * own;
    surest = Math.max(surest, own);
    if (isContradicted(point)) contradicted += point.share;
    if (point.required && own < PARTLY) cap = WITHOUT_REQUIRED;
  }
  const sure = surest >= COVERED ? 1 : NOTHING_SURE;
  const deducted = seen.claims.reduce((sum, { flag }) => sum + flag.deduct, 0);
  const lost =
    Math.min(MOST_DEDUCTED, deducted) +
    scoring.contradicted * contradicted +
    scoring.misstated * Math.min(MOST_MISSTATED, seen.misstated);
  return Math.min(cap, clamp(Math.min(1, credit / scoring.enough) - lost)) * sure * seen.factor;
}

/** The grade that is shown. */
export function gradeOf(question: PreparedQuestion, seen: Observation): Grade {
  const score = scoreOf(seen);
  const points = question.points.map(({ id, text }, i): PointGrade => {
    const point = seen.points[i];
    if (!point) return { id, text, verdict: 'missed', credit: 0, evidence: '', unsure: false };
    if (isContradicted(point)) {
      return {
        id,
        text,
        verdict: 'contradicted',
        credit: 0,
        evidence: point.counter,
        unsure: false,
      };
    }
    const credit = creditOf(point) * seen.factor;
    const unsure = credit >= DOUBT.from && credit <= DOUBT.to;
    return { id, text, verdict: verdictOf(credit), credit, evidence: point.evidence, unsure };
  });
  const level = levelOf(score);
  const open = points.filter(({ unsure }) => unsure).length;
  const plain = seen.flags.length === 0 && seen.claims.length === 0 && seen.words >= DOUBT.words;
  return {
    score,
    level,
    levelWord: LEVELS[level],
    points,
    redFlags: seen.claims.map(({ flag, evidence }) => ({ text: flag.text, evidence })),
    flags: [...seen.flags],
    certain: !(plain && (score < DOUBT.score || open >= DOUBT.points)),
  };
}

/** The level of a score: the nearest quarter. */
export function levelOf(score: number): Grade['level'] {
  const level = Math.round(score * 4);
  return level <= 0 ? 0 : level === 1 ? 1 : level === 2 ? 2 : level === 3 ? 3 : 4;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function clamp(x: number): number {
  return Math.min(1, Math.max(0, x));
}
