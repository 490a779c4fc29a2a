import { kindOf } from './generators/drawn.ts';
import type { Generator } from './generators/generator.ts';
import type { Question } from './schema.ts';

/** Whether two questions, by their ids, may not be asked close to each other. */
export type AreTwins = {
  (one: string, other: string): boolean;
  /** Where the last twin of a question is among some others; -1 where none is. */
  lastAmong(asked: readonly string[]): (id: string) => number;
};

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
  // Both ways, once for each bank: every schedule looks up each question.
  const twins = new Map([...bank, ...generators].map(({ id }) => [id, new Set([id])]));
  for (const { id, enemyOf = [] } of [...bank, ...generators])
    for (const enemy of enemyOf) {
      twins.get(id)?.add(enemy);
      twins.get(enemy)?.add(id);
    }
  const nameOf = (id: string) => (twins.has(id) ? id : (kindOf(id) ?? id));
  const areTwins = (one: string, other: string) => {
    const [a, b] = [nameOf(one), nameOf(other)];
    return a === b || twins.get(a)?.has(b) === true || twins.get(b)?.has(a) === true;
  };
  return Object.assign(areTwins, {
    lastAmong(asked: readonly string[]) {
      const places = new Map(asked.map((id, index) => [nameOf(id), index]));
      return (id: string) => {
        const name = nameOf(id);
        let last = -1;
        for (const twin of twins.get(name) ?? [name]) last = Math.max(last, places.get(twin) ?? -1);
        return last;
      };
    },
  });
}

/** The items whose last twin was asked the longest ago: all without one among the last, if there are any. */
export function farFromTwins<Item extends Pick<Question, 'id'>>(
  items: readonly Item[],
  asked: readonly string[],
  areTwins: AreTwins,
): Item[] {
  const lastTwin = areTwins.lastAmong(asked.slice(-TWIN_DISTANCE));
  const placed = items.map((item) => ({ item, lastTwin: lastTwin(item.id) }));
  const longestAgo = Math.min(...placed.map(({ lastTwin }) => lastTwin));
  return placed.filter(({ lastTwin }) => lastTwin === longestAgo).map(({ item }) => item);
}
