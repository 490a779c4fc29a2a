import type { Day } from '../time.ts';
import { type Memory, retrievability } from './memory.ts';

/** What somebody would remember today of a chapter. */
export type Mastery = {
  chapter: number;
  /** Mean chance of a right answer over the cards answered, 0 to 1. */
  recall: number;
  /** How many cards were answered. */
  cards: number;
};

/** Mastery per chapter, by number; chapters without an answered card are left out. */
export function masteryOf(
  cards: readonly { chapter: number | null; memory: Memory }[],
  day: Day,
): Mastery[] {
  const byChapter = new Map<number, number[]>();
  for (const { chapter, memory } of cards)
    if (chapter !== null)
      byChapter.set(chapter, [...(byChapter.get(chapter) ?? []), retrievability(memory, day)]);
  return [...byChapter]
    .map(([chapter, chances]) => ({
      chapter,
      recall: chances.reduce((sum, each) => sum + each, 0) / chances.length,
      cards: chances.length,
    }))
    .sort((a, b) => a.chapter - b.chapter);
}

/** A moment at which mastery is looked at, and its day. */
export type Moment = { at: Date; day: Day };

/**
 * Mastery at moments that are gone: for each of them, the chapters by number.
 *
 * @param cards As they are now.
 * @param answers All since the first of the moments, the oldest first, with what was known of the card before.
 */
export function masteryAt(
  moments: readonly Moment[],
  cards: readonly { card: string; chapter: number | null; memory: Memory }[],
  answers: readonly { card: string; before: Memory | undefined; at: Date }[],
): Mastery[][] {
  const byCard = new Map<string, typeof answers>();
  for (const answer of answers)
    byCard.set(answer.card, [...(byCard.get(answer.card) ?? []), answer]);
  return moments.map(({ at, day }) => {
    const then = cards.flatMap(({ card, chapter, memory }) => {
      const next = byCard.get(card)?.find((answer) => answer.at > at);
      const known = next ? next.before : memory;
      return known ? [{ chapter, memory: known }] : [];
    });
    return masteryOf(then, day);
  });
}
