import { z } from 'zod';
import { annotate, isContent } from './annotate.ts';
import { countPairs, grammarOf } from './grammar.ts';
import type { Lexicon } from './lexicon.ts';
import { sentences } from './sentences.ts';
import type { Background } from './types.ts';

/** The word-frequency table as it stands in `data/grading/background.json`. */
export const backgroundSchema = z.strictObject({
  texts: z.int().min(1),
  counts: z.record(z.string(), z.int().min(1)),
  pairs: z.record(z.string(), z.int().min(1)),
});

/** Reads the stored table. */
export function loadBackground(file: z.output<typeof backgroundSchema>): Background {
  return {
    texts: file.texts,
    counts: new Map(Object.entries(file.counts)),
    grammar: grammarOf(new Map(Object.entries(file.pairs))),
  };
}

/**
 * Counts in how many of the texts each content stem occurs, and which kinds of words follow each other, there and in text
 * as people type it.
 */
export function countBackground(
  texts: readonly string[],
  typed: readonly string[],
  lexicon: Lexicon,
): z.output<typeof backgroundSchema> {
  const counts = new Map<string, number>();
  const pairs = new Map<string, number>();
  const read = (text: string) =>
    sentences(text).map((sentence) => annotate(sentence, lexicon).tokens);
  for (const text of texts) {
    const lines = read(text);
    countPairs(lines, pairs);
    const telling = lines.flat().filter((token) => isContent(token) && token.kind === 'word');
    for (const stem of new Set(telling.map(({ stem }) => stem)))
      counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  for (const text of typed) countPairs(read(text), pairs);
  return { texts: texts.length, counts: repeated(counts), pairs: repeated(pairs) };
}

/** What was counted more than once, in alphabetical order. */
function repeated(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(
    [...counts].filter(([, count]) => count > 1).sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/**
 * How much a word tells, from 0.5 (in most texts) to 1.4 (in next to none).
 *
 *     weight = √(2 × ln((texts + 1) / (count + 0.5)) / ln(texts + 1))
 */
export function rarity(stem: string, background: Background | undefined): number {
  if (!background || background.texts < 20) return 1.2;
  const count = background.counts.get(stem) ?? 0;
  const all = Math.log(background.texts + 1);
  const weight = (2 * Math.log((background.texts + 1) / (count + 0.5))) / all;
  return Math.sqrt(Math.min(2, Math.max(0.25, weight)));
}
