import { pick, randomFrom } from '../random.ts';
import type { Case, Shown } from './schema.ts';

/** The values of one playing of a case, as they are stored: all that its texts and its truth are made from. */
export type Drawn = Readonly<Record<string, number | string>>;

/**
 * The number with a name.
 *
 * @throws RangeError when the case has none.
 */
export function numberOf(drawn: Drawn, name: string): number {
  const value = drawn[name];
  if (typeof value !== 'number') throw new RangeError(`the case has no number ${name}`);
  return value;
}

/** Dollars for an hour of each GPU that can be had. */
export const pricesOf = (drawn: Drawn): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(drawn).flatMap(([name, value]) =>
      name.startsWith('price ') ? [[name.slice(6), Number(value)] as const] : [],
    ),
  );

/** Draws the values that a case's file lists. */
export function drawValues({ draw }: Pick<Case, 'draw'>, seed: string): Drawn {
  return Object.fromEntries(
    Object.entries(draw).map(([name, list]) => [
      name,
      pick(list, randomFrom(`${seed} ${name}`)) ?? '',
    ]),
  );
}

/** The products of a case, worked out from its other values. */
export function withProducts({ values }: Pick<Case, 'values'>, drawn: Drawn): Drawn {
  const all: Record<string, number | string> = { ...drawn };
  const product = (names: readonly string[]) =>
    names.reduce((sum, each) => sum * numberOf(all, each), 1);
  for (const [name, { of, per, times }] of Object.entries(values))
    all[name] = (product(of) / product(per)) * times;
  return all;
}

/** Whole numbers as they are, others with three digits that count, like people write them in a brief. */
export function shownNumber(value: number): string {
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(3));
  return new Intl.NumberFormat('en', { maximumFractionDigits: 6 }).format(rounded);
}

/**
 * A text of a case with its values filled in: `{rate}` for readers, `{rate|log}` as engines log a number, and `{rate|raw}`
 * in digits alone.
 *
 * @throws RangeError for a name that the case has no value for.
 */
export function fillIn(text: string, drawn: Drawn): string {
  return text.replace(/\{([^{}|]+)(?:\|(log|raw))?\}/g, (_, name: string, as?: string) => {
    const value = drawn[name];
    if (value === undefined) throw new RangeError(`the case has no value ${name}`);
    if (typeof value === 'string') return value;
    if (name.startsWith('price ')) return value.toFixed(2);
    if (as === 'raw') return String(value);
    return as === 'log' ? value.toFixed(1) : shownNumber(value);
  });
}

/** What is shown where a cause is the true one. */
export function shownIn(shown: Shown, cause: string): string {
  return typeof shown === 'string' ? shown : (shown[cause] ?? shown['else'] ?? '');
}
