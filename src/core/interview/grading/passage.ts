import { annotate, type MarkedToken } from './annotate.ts';
import { findToken, type Hits, indexTokens } from './find.ts';
import type { Lexicon } from './lexicon.ts';
import { agree, type Quantity } from './quantities.ts';
import type { PhraseToken } from './types.ts';
import { type Window, windowsOf } from './windows.ts';

/** An answer, read and indexed. */
export type Passage = {
  lexicon: Lexicon;
  sentences: readonly { text: string; from: number; to: number }[];
  tokens: readonly MarkedToken[];
  /** Length of what is graded, in words. */
  words: number;
  /** Number of the sentence that a token stands in. */
  sentenceOf: (at: number) => number;
  windows: readonly Window[];
  /** Places of numbers that the question does not know. */
  strangeNumbers: readonly number[];
  /** Where each sibling set's members stand. */
  siblings: ReadonlyMap<number, readonly { at: number; one: number }[]>;
  find: (token: PhraseToken) => Hits;
};

/** The tokens of an answer, sentence by sentence. */
export function linesOf({ sentences, tokens }: Passage): (readonly MarkedToken[])[] {
  return sentences.map(({ from, to }) => tokens.slice(from, to));
}

/** Reads an answer once, for all phrasings. */
export function readPassage(
  texts: readonly string[],
  { lexicon, numbers: known }: { lexicon: Lexicon; numbers: readonly (readonly Quantity[])[] },
): Passage {
  const tokens: MarkedToken[] = [];
  const sentenceNumbers: number[] = [];
  const sentences = texts.map((text, number) => {
    const from = tokens.length;
    tokens.push(...annotate(text, lexicon).tokens);
    while (sentenceNumbers.length < tokens.length) sentenceNumbers.push(number);
    return { text, from, to: tokens.length };
  });
  const index = indexTokens(tokens, lexicon.known);
  const cache = new Map<string, Hits>();
  const find = (token: PhraseToken) => {
    const known = cache.get(token.key) ?? findToken(token, { tokens, index, lexicon });
    cache.set(token.key, known);
    return known;
  };
  const sentenceOf = (at: number) => sentenceNumbers[at] ?? -1;
  const windows = windowsOf(sentences, tokens);
  const words = texts.reduce((sum, text) => sum + text.trim().split(/\s+/).length, 0);
  const strangeNumbers = index.numbers.filter(
    (at) => !known.some((quantities) => agree(quantities, tokens[at]?.quantities ?? [])),
  );
  return {
    lexicon,
    sentences,
    tokens,
    words,
    sentenceOf,
    windows,
    strangeNumbers,
    siblings: index.siblings,
    find,
  };
}
