import { z } from 'zod';
import { annotate, isContent } from './annotate.ts';
import type { Lexicon } from './lexicon.ts';
import { sentences } from './sentences.ts';
import type { Background } from './types.ts';

/** The word-frequency table as it stands in `data/grading/background.json`. */
export const backgroundSchema = z.strictObject({
  texts: z.int().min(1),
  counts: z.record(z.string(), z.int().min(1)),
});

/** Reads the stored table. */
export function loadBackground(file: z.output<typeof backgroundSchema>): Background {
  return { texts: file.texts, counts: new Map(Object.entries(file.counts)) };
}

/** Counts in how many of the texts each content stem occurs. */
export function countBackground(texts: readonly string[], lexicon: Lexicon): Background {
  const counts = new Map<string, number>();
  for (const text of texts) {
    const stems = new Set<string>();
    for (const sentence of sentences(text)) {
      for (const token of annotate(sentence, lexicon).tokens) {
        if (isContent(token) && token.kind === 'word') stems.add(token.stem);
      }
    }
    for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return { texts: texts.length, counts };
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
