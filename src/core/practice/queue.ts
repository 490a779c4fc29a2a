import { type Day, dayNumber } from '../time.ts';
import type { Memory } from './memory.ts';

/** A card in the queue of its owner. */
export type QueuedCard = { card: string; dueOn: Day; memory: Memory | undefined };

/**
 * The cards that are due, in the order in which a review asks them; `dueCards` of the store reads the same order from an
 * index.
 *
 * First those that were never answered, then those that are best remembered: after an absence a card that is almost lost
 * costs as much as a new one, and one that is still there is kept by an answer.
 */
export function dueQueue<T extends QueuedCard>(cards: readonly T[], day: Day): T[] {
  const today = dayNumber(day);
  return cards
    .filter(({ dueOn }) => dueOn <= day)
    .map((each) => ({ each, age: ageOf(each, today) }))
    .sort(
      (a, b) =>
        compare(a.age, b.age) ||
        compare(a.each.dueOn, b.each.dueOn) ||
        compare(a.each.card, b.each.card),
    )
    .map(({ each }) => each);
}

/** Days since the last answer in stabilities, with which retrievability falls. */
function ageOf({ memory }: QueuedCard, today: number): number {
  if (!memory) return Number.NEGATIVE_INFINITY;
  return (today - dayNumber(memory.reviewedOn)) / memory.stability;
}

function compare<T extends string | number>(one: T, other: T): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
