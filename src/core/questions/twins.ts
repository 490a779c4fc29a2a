import { kindOf } from './generators/drawn.ts';
import type { Generator } from './generators/generator.ts';
import type { Question } from './schema.ts';

/** Whether two questions, by their ids, may not be asked close to each other. */
export type AreTwins = (one: string, other: string) => boolean;

/** How many questions in a row hold no twins, while there are others: a month of daily questions. */
export const TWIN_DISTANCE = 30;

/**
 * Tells which questions of a bank are the same one twice, or give each other away: those that one of
 * the two names in `enemyOf`, every question and itself, and all draws of one kind. A kind is known
 * by its own id as well.
 *
 * A twin's twin is none: A may tell half of B, and the other half of B may tell C.
 */
export function twinsIn(
  bank: readonly Pick<Question, 'id' | 'enemyOf'>[],
  generators: readonly Pick<Generator, 'id' | 'enemyOf'>[] = [],
): AreTwins {
  const named = new Map<string, ReadonlySet<string>>();
  for (const { id, enemyOf } of [...bank, ...generators]) named.set(id, new Set(enemyOf));
  return (one, other) => {
    const [a, b] = [kindOf(one) ?? one, kindOf(other) ?? other];
    return a === b || named.get(a)?.has(b) === true || named.get(b)?.has(a) === true;
  };
}

/** The items whose last twin was asked the longest ago: all without one among the last, if there are any. */
export function farFromTwins<Item extends Pick<Question, 'id'>>(
  items: readonly Item[],
  asked: readonly string[],
  areTwins: AreTwins,
): Item[] {
  const near = asked.slice(-TWIN_DISTANCE);
  const placed = items.map((item) => ({
    item,
    lastTwin: near.findLastIndex((id) => areTwins(id, item.id)),
  }));
  const longestAgo = Math.min(...placed.map(({ lastTwin }) => lastTwin));
  return placed.filter(({ lastTwin }) => lastTwin === longestAgo).map(({ item }) => item);
}
