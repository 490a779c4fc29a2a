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
