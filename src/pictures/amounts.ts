import type { HeatChart } from '../spine/reply.ts';

/** An amount in as many digits as a glance needs: three, or whole from 100 on. */
export function roundAmount(value: number): number {
  return Math.abs(value) < 100 ? Number(value.toPrecision(3)) : Math.round(value);
}

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 20 });

/** An amount as a chart's text shows it: `17.7`, `1,041`. */
export const formatAmount = (value: number): string => NUMBERS.format(roundAmount(value));

/** A place on an axis, such as a context: people chose it, so it is exact, and short where it counts in powers of two, as in 32k and 1M. */
export function formatPlace(value: number): string {
  if (value >= MEBI && value % MEBI === 0) return `${value / MEBI}M`;
  return value >= 1024 && value % 1024 === 0 ? `${value / 1024}k` : NUMBERS.format(value);
}

const MEBI = 1024 ** 2;

/** The rows of a heat map in words, each with its label first. */
export const heatRows = ({ rows, foot }: HeatChart): string[][] =>
  [...rows, ...(foot ? [foot] : [])].map(({ label, values }) => [label, ...values.map(formatCell)]);

/** A value of a heat map, or a dot where there is none. */
export const formatCell = (value: number | undefined): string =>
  value === undefined ? '·' : formatAmount(value);
