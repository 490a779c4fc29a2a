import type { Difficulty } from '../questions/schema.ts';

/** Scores are whole quarter points, so that 3.75 is exact. */
export const QUARTERS = 4;

/** What an answer is worth: points by difficulty, and what a second try and each hint leave of them. */
const POINTS: Record<Difficulty, number> = { easy: 10, medium: 20, hard: 30 };
const SECOND_TRY = 0.5;
const PER_HINT = 0.25;
const AFTER_HINTS = 0.5;

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
 * @param share How much of the answer is right, 0 to 1; 0 or 1 but for "select all that apply" and orders.
 * @param hints Hints opened before this try.
 * @returns A whole number, rounded down: never more than was earned.
 */
export function quarterPoints({
  difficulty,
  share,
  attempt,
  hints,
}: {
  difficulty: Difficulty;
  share: number;
  attempt: number;
  hints: number;
}): number {
  if (attempt > SCORED_TRIES) return 0;
  const tryFactor = attempt === 1 ? 1 : SECOND_TRY;
  const hintFactor = Math.max(AFTER_HINTS, 1 - PER_HINT * hints);
  return Math.floor(POINTS[difficulty] * QUARTERS * tryFactor * hintFactor * share + 1e-9);
}

/** Quarter points as people read them: `3.75`, `20`. */
export function formatPoints(quarters: number): string {
  return String(quarters / QUARTERS);
}

/** The same with its noun: `1 point`, `3.75 points`. */
export function formatPointCount(quarters: number): string {
  return `${formatPoints(quarters)} ${quarters === QUARTERS ? 'point' : 'points'}`;
}
