const NUMBERS = [0, 1, 2].map(
  (digits) => new Intl.NumberFormat('en', { maximumFractionDigits: digits }),
);

/** A number in as many digits as a glance needs. */
export function short(value: number): string {
  const size = Math.abs(value);
  return NUMBERS[size < 10 ? 2 : size < 100 ? 1 : 0]?.format(value) ?? '';
}

/** A number with its unit: `12 GiB`, `92%`. */
export function measured(value: number, unit: string): string {
  return unit === '%' ? `${short(value)}%` : `${short(value)} ${unit}`;
}

/** The smallest round number that is not below the largest value. */
export function niceMax(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = [1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10].find((each) => each * power >= value) ?? 10;
  return step * power;
}
