import { pick, randomFrom } from '../random.ts';
import { isScored, type ScoredQuestion } from './check-answer.ts';
import type { Difficulty, FreeTextQuestion, Question } from './schema.ts';
import { type AreTwins, farFromTwins } from './twins.ts';

/** Which items a schedule draws from; an empty list means all. */
export type Mix = { difficulties: Difficulty[]; chapters: number[] };

/** The items of a mix that a daily question can score. */
export function itemsOf(bank: readonly Question[], mix: Mix): ScoredQuestion[] {
  return bank.filter(isScored).filter((item) => isIn(mix, item));
}

/** The items of a mix that are answered in words. */
export function freeTextOf(bank: readonly FreeTextQuestion[], mix: Mix): FreeTextQuestion[] {
  return bank.filter((item) => isIn(mix, item));
}

function isIn(mix: Mix, { difficulty, chapter }: Question): boolean {
  return (
    (mix.difficulties.length === 0 || mix.difficulties.includes(difficulty)) &&
    (mix.chapters.length === 0 || mix.chapters.includes(chapter))
  );
}

/**
 * The next item for a team: none twice until they are used up, then the longest unseen; none soon
 * after its twin while there is another; among unseen items the chapter that was asked least comes first.
 *
 * @param items What the schedule draws from: `itemsOf` or `freeTextOf` its mix.
 * @param asked Ids of the items that the team was asked before, oldest first.
 */
export function chooseQuestion<Item extends Question>({
  items,
  asked,
  areTwins,
  seed,
}: {
  items: readonly Item[];
  asked: readonly string[];
  areTwins: AreTwins;
  seed: string;
}): Item | undefined {
  const lastAsked = new Map(asked.map((id, index) => [id, index]));
  const unseen = items.filter((item) => !lastAsked.has(item.id));
  if (unseen.length === 0) {
    return farFromTwins(items, asked, areTwins).sort(
      (a, b) => (lastAsked.get(a.id) ?? 0) - (lastAsked.get(b.id) ?? 0) || (a.id < b.id ? -1 : 1),
    )[0];
  }
  const chapterOf = new Map(items.map((item) => [item.id, item.chapter]));
  const timesAsked = new Map<number, number>();
  for (const id of lastAsked.keys()) {
    const chapter = chapterOf.get(id);
    if (chapter !== undefined) timesAsked.set(chapter, (timesAsked.get(chapter) ?? 0) + 1);
  }
  const free = farFromTwins(unseen, asked, areTwins);
  const fewest = Math.min(...free.map((item) => timesAsked.get(item.chapter) ?? 0));
  const fair = free.filter((item) => (timesAsked.get(item.chapter) ?? 0) === fewest);
  return pick(fair, randomFrom(seed));
}

/** How many of these items a team has not been asked yet. */
export function unseenCount(items: readonly Question[], asked: readonly string[]): number {
  const seen = new Set(asked);
  return items.filter((item) => !seen.has(item.id)).length;
}
