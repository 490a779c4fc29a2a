import type { FieldWords } from './field-words.ts';
import { rarity } from './field-words.ts';
import { isContent, type MarkedToken } from './text/annotate.ts';
import type { Lexicon } from './text/lexicon.ts';

/** One content token of a wording and what it is worth. */
export type WordingToken = {
  token: MarkedToken;
  weight: number;
  /** Tokens of a question with the same number are found in the same places. */
  number: number;
};

/** A way to say a claim, ready to be looked for. */
export type Wording = {
  text: string;
  lines: readonly (readonly MarkedToken[])[];
  tokens: readonly WordingToken[];
  /** The weight that counts as the whole of it. */
  wanted: number;
};

const WEIGHT = {
  /** A word of the question says little when it comes back; more in a long question or a wording without other words. */
  asked: 0.25,
  askedAtLength: 0.6,
  askedAlone: 0.7,
  light: 0.35,
  operator: 0.5,
  symbol: 1,
  /** A small bare number; a number with a unit, or a long one, says more. */
  number: 0.9,
  quantity: 2,
  /** "More", "before", "same": common words, but they are the claim. */
  claim: 1,
};
/** A wording of less weight than this cannot be met in full: two common words prove nothing. */
const LEAST_WANTED = 2;

/** What weighing a word depends on. */
export type Scale = {
  lexicon: Lexicon;
  field: FieldWords;
  /** Content stems of the question's own text, and their meanings. */
  asked: ReadonlySet<string>;
  askedMeanings: ReadonlySet<number>;
  numberOf: (token: MarkedToken) => number;
};

/** One wording, with the weight of each of its words. */
export function weighWording(
  text: string,
  lines: readonly (readonly MarkedToken[])[],
  scale: Scale,
): Wording {
  const content = lines.flatMap((line) => line.filter(isContent));
  const asked = content.map((token) => isAsked(token, scale));
  const share = asked.filter(Boolean).length / Math.max(1, content.length);
  const again = askedWeight(scale.asked.size, share);
  const tokens = content.map(
    (token, i): WordingToken => ({
      token,
      weight: weightOf(token, asked[i] ? again : 1, scale),
      number: scale.numberOf(token),
    }),
  );
  return {
    text,
    lines,
    tokens,
    wanted: wantedOf(tokens.reduce((sum, { weight }) => sum + weight, 0)),
  };
}

/**
 * The weight that counts as the whole wording: nobody repeats each word of a long one.
 *
 *     wanted = total, at least 2; beyond 3: 3 · (total / 3)^0.85
 */
function wantedOf(total: number): number {
  return total <= 3 ? Math.max(total, LEAST_WANTED) : 3 * (total / 3) ** 0.85;
}

/** Numbers tokens from 0 on: those alike in all that a look-up depends on have one number. */
export function numbering(): Scale['numberOf'] {
  const known = new Map<string, { token: MarkedToken; number: number }[]>();
  let count = 0;
  return (token) => {
    const alike = known.get(token.text) ?? [];
    const before = alike.find((each) => isAlike(each.token, token));
    if (before) return before.number;
    known.set(token.text, [...alike, { token, number: count }]);
    count += 1;
    return count - 1;
  };
}

function isAlike(a: MarkedToken, b: MarkedToken): boolean {
  return (
    a.kind === b.kind &&
    a.polarity === b.polarity &&
    a.concepts.length === b.concepts.length &&
    a.concepts.every(({ id }, i) => id === b.concepts[i]?.id) &&
    a.sides.length === b.sides.length &&
    a.sides.every(({ scale, up }, i) => scale === b.sides[i]?.scale && up === b.sides[i].up) &&
    a.quantities.length === b.quantities.length &&
    a.quantities.every(
      ({ value, unit }, i) => value === b.quantities[i]?.value && unit === b.quantities[i].unit,
    )
  );
}

/** What a word of the question weighs. */
function askedWeight(words: number, share: number): number {
  const long = Math.min(1, Math.max(0, (words - 15) / 45));
  const base = WEIGHT.asked + long * (WEIGHT.askedAtLength - WEIGHT.asked);
  return base + Math.max(0, WEIGHT.askedAlone - base) * share ** 2;
}

/** Whether the question says the word, or another word for it. */
function isAsked({ stem, concepts }: MarkedToken, { asked, askedMeanings }: Scale): boolean {
  return asked.has(stem) || concepts.some(({ id }) => askedMeanings.has(id));
}

/** What a token weighs, with what is left of it when the question says it. */
function weightOf(token: MarkedToken, again: number, scale: Scale): number {
  if (token.kind === 'operator') return WEIGHT.operator;
  if (token.kind === 'symbol') return WEIGHT.symbol * again;
  if (token.kind === 'number') {
    const telling = token.quantities.some(({ unit }) => unit !== '') || token.stem.length >= 3;
    return (telling ? WEIGHT.quantity : WEIGHT.number) * again;
  }
  const plain = rarity(token.stem, scale.field) * again;
  if (token.concepts.some(({ side }) => side))
    return Math.max(plain, WEIGHT.claim * Math.max(again, 0.6));
  return scale.lexicon.light.has(token.stem) ? plain * WEIGHT.light : plain;
}
