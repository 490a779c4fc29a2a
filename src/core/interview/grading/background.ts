import { z } from 'zod';
import { annotate, isContent } from './annotate.ts';
import { countPairs, grammarOf } from './grammar.ts';
import { type FieldLeaning, pairOf, wordsOf } from './leaning.ts';
import type { Lexicon } from './lexicon.ts';
import { sentences } from './sentences.ts';
import { tellingWords, topicsOf } from './topics.ts';
import type { Background } from './types.ts';

const ODDS = z.enum(['-2', '-1', '1', '2']);

/** The word-frequency table as it stands in `data/grading/background.json`. */
export const backgroundSchema = z.strictObject({
  texts: z.int().min(1),
  counts: z.record(z.string(), z.int().min(1)),
  pairs: z.record(z.string(), z.int().min(1)),
  /** By how much a pair of words is rather said by false statements, by the one word, the other ones. */
  leaning: z.record(ODDS, z.record(z.string(), z.array(z.string()))),
  /** What the field talks about: each topic's most telling words, with blanks between. */
  topics: z.array(z.string()),
});

type BackgroundFile = z.output<typeof backgroundSchema>;

/** Reads the stored table. */
export function loadBackground(file: BackgroundFile): Background {
  const words = { texts: file.texts, counts: new Map(Object.entries(file.counts)) };
  return {
    ...words,
    grammar: grammarOf(new Map(Object.entries(file.pairs))),
    leaning: new Map(
      Object.entries(file.leaning).flatMap(([odds, pairs]) =>
        Object.entries(pairs).flatMap(([one, others]) =>
          others.map((other): [string, number] => [pairOf(one, other), Number(odds)]),
        ),
      ),
    ),
    topics: topicsOf(
      file.topics.map((topic) => topic.split(' ')),
      (stem) => telling(stem, words),
    ),
  };
}

/** The table of `fieldLeaningOf` as it is stored, in alphabetical order. */
export function storedLeaning(leaning: FieldLeaning): BackgroundFile['leaning'] {
  const pairs = [...leaning].sort(([a], [b]) => (a < b ? -1 : 1));
  const having = (odds: number) => {
    const others = new Map<string, string[]>();
    for (const [pair] of pairs.filter(([, each]) => each === odds)) {
      const [one = '', other = ''] = wordsOf(pair);
      others.set(one, [...(others.get(one) ?? []), other]);
    }
    return Object.fromEntries(others);
  };
  return { '-2': having(-2), '-1': having(-1), '1': having(1), '2': having(2) };
}

/**
 * Counts in how many of the texts each content stem occurs, and which kinds of words follow each other, there and in text
 * as people type it.
 */
export function countBackground(
  texts: readonly string[],
  typed: readonly string[],
  lexicon: Lexicon,
): Omit<BackgroundFile, 'leaning' | 'topics'> {
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

/** The words that tell each topic, from all that is said of it. */
export function storedTopics(
  topics: readonly (readonly string[])[],
  words: WordCounts,
  lexicon: Lexicon,
): BackgroundFile['topics'] {
  return topics.map((texts) => {
    const tokens = texts.flatMap(sentences).flatMap((text) => annotate(text, lexicon).tokens);
    return tellingWords(tokens, (stem) => telling(stem, words))
      .sort()
      .join(' ');
  });
}

type WordCounts = Pick<Background, 'texts' | 'counts'>;

/** How much a word says of what a text is about; nothing when it is not known. */
function telling(stem: string, words: WordCounts): number {
  return words.counts.has(stem) ? rarity(stem, words) ** 2 : 0;
}

/**
 * How much a word tells, from 0.5 (in most texts) to 1.4 (in next to none).
 *
 *     weight = √(2 × ln((texts + 1) / (count + 0.5)) / ln(texts + 1))
 */
export function rarity(stem: string, background: WordCounts | undefined): number {
  if (!background || background.texts < 20) return 1.2;
  const count = background.counts.get(stem) ?? 0;
  const all = Math.log(background.texts + 1);
  const weight = (2 * Math.log((background.texts + 1) / (count + 0.5))) / all;
  return Math.sqrt(Math.min(2, Math.max(0.25, weight)));
}
