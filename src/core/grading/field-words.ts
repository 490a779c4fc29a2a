import { z } from 'zod';
import type { PairOdds } from './odds.ts';

/** How common words are in the field, and which of them stand together in false statements rather than in right ones. */
export type FieldWords = {
  texts: number;
  /** In how many texts a stem stands. */
  counts: Readonly<Record<string, number>>;
  /** Of pairs of stems: -2 to 2, above 0 rather in false statements. */
  odds: PairOdds;
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
    (2 * Math.log((texts + 1) / ((Object.hasOwn(counts, stem) ? (counts[stem] ?? 0) : 0) + 0.5))) /
    Math.log(texts + 1);
  return Math.sqrt(Math.min(2, Math.max(0.25, weight)));
}

const ODDS = z.enum(['-2', '-1', '1', '2']);

/** The table as it stands in `data/grading/field-words.json`: of each pair's odds the one word, and the others with commas. */
export const fieldWordsSchema = z.strictObject({
  texts: z.int().min(1),
  counts: z.record(z.string(), z.int().min(1)),
  odds: z.record(ODDS, z.record(z.string(), z.string())),
});

export type FieldWordsFile = z.output<typeof fieldWordsSchema>;

/** Reads the stored table, of the pairs only those that are asked for. */
export function openFieldWords({ texts, counts, odds }: FieldWordsFile): FieldWords {
  const rows = new Map<string, ReadonlyMap<string, number>>();
  const rowOf = (first: string) => {
    const row = rows.get(first) ?? new Map(oddsOf(first, odds));
    rows.set(first, row);
    return row;
  };
  return {
    texts,
    counts,
    odds: (one, other) => (one < other ? rowOf(one).get(other) : rowOf(other).get(one)),
  };
}

const oddsOf = (first: string, odds: FieldWordsFile['odds']): [string, number][] =>
  Object.entries(odds).flatMap(([value, pairs]) => {
    const others = Object.hasOwn(pairs, first) ? (pairs[first] ?? '') : '';
    return others.split(',').map((other): [string, number] => [other, Number(value)]);
  });
