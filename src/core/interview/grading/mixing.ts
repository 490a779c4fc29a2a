import { isContent, type MarkedToken } from './annotate.ts';
import { rarity } from './background.ts';
import type { Lexicon } from './lexicon.ts';
import { wordsOf } from './owners.ts';
import { linesOf, type Passage } from './passage.ts';
import type { Background, Phrase } from './types.ts';

/** In which share of each key point's wordings a word stands, point by point. */
export type Belonging = ReadonlyMap<string, readonly number[]>;

/** What right wordings say of which words belong together, and how pure the model answer's clauses are. */
export type Mixing = { belonging: Belonging; usual: number };

type Scale = {
  lexicon: Lexicon;
  background: Background | undefined;
  asked: ReadonlySet<string>;
};

/** A word of the question belongs to all that is said, so it tells less; and common words tell nothing. */
const ASKED = 0.6;
const LEAST_WEIGHT = 0.2;
/** How pure the clauses of model answers are, for a question without one. */
const USUAL = 0.7;
/** A few words may mix by chance: so much weight is taken to be as pure as usual. */
const PRIOR = 6;

/** Collects which key point's wordings say each word. */
export function mixingOf(
  points: readonly (readonly Phrase[])[],
  model: readonly Phrase[],
  scale: Scale,
): Mixing {
  const belonging = new Map<string, number[]>();
  for (const [at, phrases] of points.entries()) {
    for (const token of phrases.flatMap(({ tokens }) => tokens)) {
      if (!isTelling(token, scale.lexicon)) continue;
      for (const word of wordsOf(token)) {
        const shares = belonging.get(word) ?? points.map(() => 0);
        shares[at] = (shares[at] ?? 0) + 1 / phrases.length;
        belonging.set(word, shares);
      }
    }
  }
  const lines = model.map(({ tokens }) => tokens);
  const { pure, all } = purity(lines, belonging, scale);
  return { belonging, usual: all > 0 ? pure / all : USUAL };
}

/**
 * How much more an answer mixes words of different key points in its clauses than the model answer does, 0 to 1. Who has
 * a thing wrong says of the one what is true of the other: all words are of the topic, but they do not belong together.
 */
export function mixedShare({ belonging, usual }: Mixing, passage: Passage, scale: Scale): number {
  const { pure, all } = purity(linesOf(passage), belonging, scale);
  return Math.max(0, (usual * all - pure) / (all + PRIOR));
}

/** The weight of the words, and what of it goes to the key point that most of their clause belongs to. */
function purity(
  lines: readonly (readonly MarkedToken[])[],
  belonging: Belonging,
  scale: Scale,
): { pure: number; all: number } {
  let pure = 0;
  let all = 0;
  for (const tokens of lines) {
    const clauses = new Map<number, number[]>();
    for (const token of tokens) {
      const weight = weightOf(token, scale);
      const shares = weight < LEAST_WEIGHT ? [] : sharesOf(token, belonging);
      const sum = shares.reduce((total, share) => total + share, 0);
      if (sum === 0) continue;
      const before = clauses.get(token.clause);
      clauses.set(
        token.clause,
        shares.map((share, point) => (before?.[point] ?? 0) + (weight * share) / sum),
      );
    }
    for (const points of clauses.values()) {
      pure += Math.max(...points);
      all += points.reduce((total, share) => total + share, 0);
    }
  }
  return { pure, all };
}

/** Which key points a word belongs to, by the best of what it is known by. */
function sharesOf(token: MarkedToken, belonging: Belonging): readonly number[] {
  const [first = [], ...rest] = wordsOf(token).flatMap((word) => {
    const shares = belonging.get(word);
    return shares ? [shares] : [];
  });
  return rest.reduce(
    (most, shares) => most.map((each, i) => Math.max(each, shares[i] ?? 0)),
    first,
  );
}

function isTelling(token: MarkedToken, { light }: Lexicon): boolean {
  return isContent(token) && token.kind !== 'operator' && !light.has(token.stem);
}

function weightOf(token: MarkedToken, { lexicon, background, asked }: Scale): number {
  if (!isTelling(token, lexicon)) return 0;
  return rarity(token.stem, background) * (asked.has(token.stem) ? ASKED : 1);
}
