/** How good something was, from 0 to 4. */
export const LEVELS = ['Not yet', 'Getting started', 'Partly there', 'Solid', 'Excellent'] as const;

/** The level of a score of 0 to 1. */
export const levelOf = (score: number) => Math.max(0, Math.min(4, Math.round(score * 4)));

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
