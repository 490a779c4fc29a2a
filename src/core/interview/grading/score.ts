import type { PointMatch } from './match.ts';
import type { Verdict } from './types.ts';

/*
 * Fitted with `npm run bench:grading -- --fit` on DigiKlausur and the development answers of data/grading: see
 * docs/grading.md for what was fitted, and on what.
 */
const POINT = { best: 3.3, mean: 2, against: 2.2, start: -2.06, chance: 0.23 };
/** Long answers meet any phrasing a little, by chance: taken off for each doubling beyond so many words. */
const LENGTH = { words: 80, perDoubling: 0.3 };
/** Full marks from this share of the credits on: nobody says everything. */
const ENOUGH = 0.79;
const LOSS = { redFlag: 0.3, contradicted: 0.46, most: 0.6 };
/** Opposition weaker than this is noise; from the second value on, and stronger than the agreement, it contradicts. */
const AGAINST = { noise: 0.35, contradicts: 0.45 };
/** A point that was only guessed at ("maybe", "or something"). */
const HEDGED = 0.85;

const COVERED = 0.67;
const PARTLY = 0.33;
/** Credits in this range are too close to call. */
const OPEN = { from: 0.25, to: 0.75 };

/** Words for the levels 0 to 4. */
export const LEVEL_WORDS = ['not yet', 'a start', 'partly there', 'solid', 'excellent'] as const;

/**
 * From the match of a point to its credit, 0 to 1: a logistic curve over the best phrasing, the mean of all phrasings
 * and the opposition, stretched so that a chance match gives 0 and a full one 1.
 *
 *     x = best·a + mean·b − against·c − length·log2(words / 80) + s
 *     credit = (σ(x) − chance) / (σ(a + b + s) − chance)
 */
export function creditOf(
  match: PointMatch,
  { hedged, words }: { hedged: boolean; words: number },
): number {
  const against = match.against > AGAINST.noise ? match.against : 0;
  const long = Math.max(0, Math.log2(words / LENGTH.words)) * LENGTH.perDoubling;
  const x =
    POINT.best * match.raw + POINT.mean * match.mean - POINT.against * against - long + POINT.start;
  const full = sigmoid(POINT.best + POINT.mean + POINT.start);
  const credit = clamp((sigmoid(x) - POINT.chance) / (full - POINT.chance));
  return hedged ? credit * HEDGED : credit;
}

/** Whether the answer says the opposite of the point. */
export function contradicts(match: PointMatch): boolean {
  return match.against >= AGAINST.contradicts && match.against > match.raw;
}

/** The verdict that a credit stands for. */
export function verdictOf(credit: number): Verdict {
  return credit >= COVERED ? 'covered' : credit >= PARTLY ? 'partly' : 'missed';
}

/** Whether a credit is too close to call. */
export function isOpen(credit: number): boolean {
  return credit >= OPEN.from && credit <= OPEN.to;
}

/**
 * The score of an answer, 0 to 1, from the same numbers that are shown for its points.
 *
 * @param credit Sum of the credits, weighted by the points' shares.
 * @param contradicted Sum of the shares of contradicted points.
 * @param deducted Sum of the red flags' deductions.
 * @param factor What the gates leave of it.
 */
export function scoreOf(parts: {
  credit: number;
  contradicted: number;
  deducted: number;
  factor: number;
}): number {
  const lost = Math.min(LOSS.most, parts.deducted) + LOSS.contradicted * parts.contradicted;
  return clamp(parts.credit / ENOUGH - lost) * parts.factor;
}

/** What a red flag costs when its author did not say. */
export const DEFAULT_DEDUCTION = LOSS.redFlag;

/** The level of a score: the nearest quarter. */
export function levelOf(score: number): 0 | 1 | 2 | 3 | 4 {
  const level = Math.round(score * 4);
  return level <= 0 ? 0 : level === 1 ? 1 : level === 2 ? 2 : level === 3 ? 3 : 4;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function clamp(x: number): number {
  return Math.min(1, Math.max(0, x));
}
