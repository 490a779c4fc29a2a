import { z } from 'zod';
import { type PairTable, setPair } from './odds.ts';

/** How common words are in the field, and which of them stand together in false statements rather than in right ones. */
export type FieldWords = {
  texts: number;
  /** In how many texts a stem stands. */
  counts: ReadonlyMap<string, number>;
  /** Of pairs of stems: -2 to 2, above 0 rather in false statements. */
  odds: PairTable<number>;
};

/**
 * How much a word tells, from 0.5 (in most texts) to 1.4 (in next to none). Inverse document frequency (Spärck Jones 1972).
 *
 *     weight = √(2 × ln((texts + 1) / (count + 0.5)) / ln(texts + 1))
 */
export function rarity(
  stem: string,
  { texts, counts }: Pick<FieldWords, 'texts' | 'counts'>,
): number {
  if (texts < 20) return 1.2;
  const weight =
    (2 * Math.log((texts + 1) / ((counts.get(stem) ?? 0) + 0.5))) / Math.log(texts + 1);
  return Math.sqrt(Math.min(2, Math.max(0.25, weight)));
}

const ODDS = z.enum(['-2', '-1', '1', '2']);

/** The table as it stands in `data/grading/field-words.json`: of each pair's odds the one word, and the others with commas. */
export const fieldWordsSchema = z.strictObject({
  texts: z.int().min(1),
  counts: z.record(z.string(), z.int().min(1)),
  odds: z.record(ODDS, z.record(z.string(), z.string())),
});

/** Reads the stored table. */
export function loadFieldWords(file: z.output<typeof fieldWordsSchema>): FieldWords {
  const odds: PairTable<number> = new Map();
  for (const [value, pairs] of Object.entries(file.odds))
    for (const [one, others] of Object.entries(pairs))
      for (const other of others.split(',')) setPair(odds, one, other, Number(value));
  return { texts: file.texts, counts: new Map(Object.entries(file.counts)), odds };
}
