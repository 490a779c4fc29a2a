import type { Difficulty } from '../questions/schema.ts';

/** A strength on the Elo scale and how many results it rests on; never shown as a rank. */
export type Rating = { value: number; results: number };

/** Where people and items begin. */
export const FIRST_RATING: Record<Difficulty | 'person', number> = {
  person: 1200,
  easy: 1000,
  medium: 1200,
  hard: 1400,
};

/** Largest step; it shrinks as results come in. */
const STEP = 48;

/** The share that a person is expected to get of an item. */
export function expectedShare(person: number, item: number): number {
  return 1 / (1 + 10 ** ((item - person) / 400));
}

/**
 * Both ratings after one result.
 *
 * @param share How right the answer was, 0 to 1.
 * @see Pelánek, "Applications of the Elo rating system in adaptive educational systems" (2016)
 */
export function afterResult({
  person,
  item,
  share,
}: {
  person: Rating;
  item: Rating;
  share: number;
}): {
  person: Rating;
  item: Rating;
} {
  const surprise = share - expectedShare(person.value, item.value);
  return {
    person: { value: person.value + step(person) * surprise, results: person.results + 1 },
    item: { value: item.value - step(item) * surprise, results: item.results + 1 },
  };
}

function step({ results }: Rating): number {
  return Math.max(8, STEP / (1 + results / 10));
}
