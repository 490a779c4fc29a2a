import { FUNCTION_WORDS } from '../grading/text/function-words.ts';
import type { FreeTextQuestion } from '../questions/schema.ts';

/** So many of a point's own words in an answer are a trace of it; of those that no other claim has, one. */
const TRACE = 2;

/** A word belongs to a point when its claim has it, or so many ways to say it. */
const SHARED = 2;

/**
 * Whether words of a key point stand in what was said, whether or not they make the point: who has said them feels asked
 * for what was just said when a follow-up goes for it.
 */
export function hasPartialMention(
  { prompt, keyPoints }: Pick<FreeTextQuestion, 'prompt' | 'keyPoints'>,
  id: string,
  said: string,
): boolean {
  const point = keyPoints.find((each) => each.id === id);
  if (!point) return false;
  const counts = new Map<string, number>();
  for (const phrasing of point.phrasings)
    for (const word of contentWords(phrasing)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const claim = contentWords(point.text);
  const asked = contentWords(prompt);
  const own = [...contentWords(said)].filter(
    (word) => !asked.has(word) && (claim.has(word) || (counts.get(word) ?? 0) >= SHARED),
  );
  const others = keyPoints.filter((each) => each !== point).map(({ text }) => contentWords(text));
  const isOnlyHere = (word: string) => claim.has(word) && !others.some((words) => words.has(word));
  return own.length >= TRACE || own.some(isOnlyHere);
}

/** The words of a text that carry meaning, cut so that forms of one word meet. */
export function contentWords(text: string): Set<string> {
  return new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 1 && !/^\d+$/.test(word) && !FUNCTION_WORDS.has(word))
      .map((word) => word.slice(0, 6)),
  );
}

/** How many words two texts have in common. */
export function overlap(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  return [...one].filter((word) => other.has(word)).length;
}
