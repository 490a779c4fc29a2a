/** An amount in as many digits as a glance needs: three, or whole from 100 on. */
export function roundAmount(value: number): number {
  return Math.abs(value) < 100 ? Number(value.toPrecision(3)) : Math.round(value);
}

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 20 });

/** An amount as a chart's text shows it: `17.7`, `1,041`. */
export const formatAmount = (value: number): string => NUMBERS.format(roundAmount(value));

/** A place on an axis, such as a context: people chose it, so it is exact. */
export const formatPlace = (value: number): string => NUMBERS.format(value);

/** A value of a heat map, or a dot where there is none. */
export const formatCell = (value: number | undefined): string =>
  value === undefined ? '·' : formatAmount(value);
