import type { Difficulty } from '../questions/schema.ts';

/** Scores are whole quarter points, so that 3.75 is exact. */
export const QUARTERS = 4;

/** What an answer is worth: points by difficulty, and what a second try and each hint leave of them. */
type ScoringRule = {
  points: Record<Difficulty, number>;
  secondTry: number;
  perHint: number;
  afterHints: number;
};

/**
 * Every rule so far, numbered from 1; the last one holds for new posts. A post keeps the rule of its day, so a rule is
 * never edited: a change is a rule of its own.
 */
export const RULES: ScoringRule[] = [
  { points: { easy: 10, medium: 20, hard: 30 }, secondTry: 0.5, perHint: 0.25, afterHints: 0.5 },
];

/** Tries that score; after the last one the key is shown. */
export const SCORED_TRIES = 2;

/** Whether a person is done with a post: right, out of tries, or shown the key. No more scores. */
export function isFinished({
  attempts,
  isRevealed,
}: {
  attempts: readonly { isRight: boolean }[];
  isRevealed: boolean;
}): boolean {
  return isRevealed || attempts.some(({ isRight }) => isRight) || attempts.length >= SCORED_TRIES;
}

/**
 * Quarter points for one answer.
 *
 *     points = base × share × (1 on the first try, ½ on the second) × (1 − ¼ × hints, at least ½)
 *
 * with the numbers of rule 1.
 *
 * @param rule The number of a rule; today's when absent.
 * @param share How much of the answer is right, 0 to 1; 0 or 1 but for "select all that apply" and orders.
 * @param hints Hints opened before this try.
 * @returns A whole number, rounded down: never more than was earned.
 * @throws RangeError for a rule that there never was.
 */
export function quarterPoints({
  rule = RULES.length,
  difficulty,
  share,
  attempt,
  hints,
}: {
  rule?: number;
  difficulty: Difficulty;
  share: number;
  attempt: number;
  hints: number;
}): number {
  if (attempt > SCORED_TRIES) return 0;
  const worth = RULES[rule - 1];
  if (!worth) throw new RangeError(`there is no scoring rule ${rule}`);
  const tryFactor = attempt === 1 ? 1 : worth.secondTry;
  const hintFactor = Math.max(worth.afterHints, 1 - worth.perHint * hints);
  return Math.floor(worth.points[difficulty] * QUARTERS * tryFactor * hintFactor * share + 1e-9);
}

/** Quarter points as people read them: `3.75`, `20`. */
export function formatPoints(quarters: number): string {
  return String(quarters / QUARTERS);
}

/** The same with its noun: `1 point`, `3.75 points`. */
export function formatPointCount(quarters: number): string {
  return `${formatPoints(quarters)} ${quarters === QUARTERS ? 'point' : 'points'}`;
}
