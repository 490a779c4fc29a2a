import type { Passage } from './passage.ts';
import { annotate, isContent, type MarkedToken } from './text/annotate.ts';
import type { Lexicon } from './text/lexicon.ts';
import { sentences } from './text/sentences.ts';
import type { RedFlag } from './types.ts';

/** A known mistake, with the content words of each way to say it. */
export type PreparedMistake = { text: string; ways: readonly (readonly MarkedToken[])[] };

/** Fewer words than this are no claim, and this share of them must stand in one sentence, denied where they are denied. */
const LEAST = { words: 3, share: 0.9 };

/** Known mistakes, ready to be looked for. */
export const prepareMistakes = (flags: readonly RedFlag[], lexicon: Lexicon): PreparedMistake[] =>
  flags.map(({ text, phrasings = [] }) => ({
    text,
    ways: [text, ...phrasings]
      .map((way) =>
        sentences(way)
          .flatMap((line) => annotate(line, lexicon))
          .filter(isContent),
      )
      .filter(({ length }) => length >= LEAST.words),
  }));

/** The known mistakes that an answer touches. It says little of whether the writer believes them, so it counts nowhere. */
export function mistakesIn(
  mistakes: readonly PreparedMistake[],
  { sentences: said, tokens }: Pick<Passage, 'sentences' | 'tokens'>,
): string[] {
  const read = said.map(
    ({ from, to }) => new Set(tokens.slice(from, to).map(({ stem, polarity }) => stem + polarity)),
  );
  const stands = (way: readonly MarkedToken[]) => (sentence: ReadonlySet<string>) =>
    way.filter(({ stem, polarity }) => sentence.has(stem + polarity)).length >=
    LEAST.share * way.length;
  return mistakes.flatMap(({ text, ways }) =>
    ways.some((way) => read.some(stands(way))) ? text : [],
  );
}
