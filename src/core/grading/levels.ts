/** How good something was, from 0 to 4. */
export const LEVELS = ['Not yet', 'Getting started', 'Partly there', 'Solid', 'Excellent'] as const;

/** The level of a score of 0 to 1: the nearest quarter. */
export function levelOf(score: number): 0 | 1 | 2 | 3 | 4 {
  const level = Math.round(score * 4);
  return level <= 0 ? 0 : level === 1 ? 1 : level === 2 ? 2 : level === 3 ? 3 : 4;
}

/** A key point with this credit is covered, and with less it is worth a follow-up. */
export const COVERED = 0.67;

/** A key point with this credit is partly covered. */
export const PARTLY = 0.33;

/** The mean; undefined of nothing. */
export function mean(values: readonly number[]): number | undefined {
  return values.length === 0
    ? undefined
    : values.reduce((sum, value) => sum + value, 0) / values.length;
}
