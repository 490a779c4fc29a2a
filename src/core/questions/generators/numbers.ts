import { pick, type Random } from '../../random.ts';

// Made once: `toLocaleString` makes one for each number, which was a third of the time of a draw.
const THREE_DIGITS = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
const IN_FULL = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

/** Three significant digits, as answers are given; whole numbers stay as they are. */
export function rounded(value: number): number {
  const whole = Math.round(value);
  // A product such as 0.1 × 30 misses its whole number by a hair.
  if (Math.abs(value - whole) < 1e-9 * Math.abs(value)) return whole;
  return Number(value.toPrecision(3));
}

/** A number in a text: three significant digits, thousands separated. */
export function shown(value: number): string {
  return THREE_DIGITS.format(Number(value.toPrecision(3)));
}

/** A whole number or a drawn decimal in full. */
export function exact(value: number): string {
  return IN_FULL.format(value);
}

/** One of a list that is not empty. */
export function oneOf<T>(list: readonly [T, ...T[]] | readonly T[], random: Random): T {
  const found = pick(list, random);
  if (found === undefined) throw new RangeError('cannot draw from an empty list');
  return found;
}

/** A number from `low` to `high`, both included, in steps. */
export function between(low: number, high: number, step: number, random: Random): number {
  const steps = Math.round((high - low) / step);
  const value = low + Math.floor(random() * (steps + 1)) * step;
  // Sums such as 0.1 + 0.2 would show sixteen digits.
  return Number(value.toFixed(6));
}
