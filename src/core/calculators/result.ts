/** One line of a worked solution. */
export type Step = {
  label: string;
  /** The formula in words and symbols. */
  formula: string;
  /** The formula with the numbers put in: arithmetic that gives the value, or empty. */
  numbers: string;
  value: number;
  unit: string;
  /** Where the formula comes from. */
  source: string;
};

/** Between which values the true figure should lie, and what makes it uncertain. */
export type Band = { low: number; high: number; why: string };

/** What every calculator adds to its figure. */
export type Explained = {
  steps: Step[];
  assumptions: string[];
  warnings: string[];
  band: Band;
};

/** A wrong figure that people arrive at, and the mistake behind it. */
export type Slip = { id: string; value: number; why: string };

/** A band of `share` on both sides of a value. */
export function bandAround(value: number, share: number, why: string): Band {
  return { low: value * (1 - share), high: value * (1 + share), why };
}

/**
 * A number in a worked step: thousands separated, at most three digits after the point, and three
 * that count when it is below 1.
 */
export function stepNumber(value: number): string {
  return (Math.abs(value) < 1 ? BELOW_ONE : STEP_NUMBERS).format(value);
}

/** Made once: making a format costs more than using it a hundred times. */
const STEP_NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 3 });
const BELOW_ONE = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });

/** A number of operations in a worked step: `1.653 × 10^14`. */
export function stepPower(value: number): string {
  return value.toExponential(3).replace('e+', ' × 10^');
}

/** Numbers multiplied, without those that change nothing: `2 × 32 × 8`. */
export function product(...factors: number[]): string {
  const used = factors.filter((factor) => factor !== 1);
  return (used.length === 0 ? [1] : used).map(stepNumber).join(' × ');
}
