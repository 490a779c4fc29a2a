import { annotate, isContent, type MarkedToken } from './annotate.ts';
import { rarity } from './background.ts';
import type { Lexicon } from './lexicon.ts';
import { sentences } from './sentences.ts';
import type { Background, KeyPoint, Phrase, PhraseToken, RedFlag } from './types.ts';

const WEIGHT = {
  /** A word of the question says little when it comes back. */
  asked: 0.25,
  askedAtLength: 0.6,
  /** In a phrasing that has no other words. */
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
/** A sentence of the model answer speaks of a point when it holds this much of the point's text. */
const SPEAKS_OF = 0.5;

/** What weighing a word depends on. */
export type Scale = {
  lexicon: Lexicon;
  background: Background | undefined;
  /** Content stems of the question's own text, and their meanings. */
  asked: ReadonlySet<string>;
  askedMeanings: ReadonlySet<number>;
};

/** All ways to say a key point or a red flag; the text itself is one of them. */
export function phrasesOf({ text, phrasings = [] }: KeyPoint | RedFlag, scale: Scale): Phrase[] {
  return [...phrasings, claimOf(text)]
    .map((wording) => phraseOf(wording, scale))
    .filter(({ tokens }) => tokens.length > 0);
}

/**
 * The same for all points of a question, each with the model answer's sentence on it as one more way to say it. A
 * sentence that speaks of two points says neither of them clearly.
 */
export function pointPhrases(
  points: readonly KeyPoint[],
  modelAnswer: readonly Phrase[],
  scale: Scale,
): Phrase[][] {
  const texts = points.map(({ text }) => phraseOf(text, scale));
  const speakers = texts.map((text) => speakerOf(text, modelAnswer));
  return points.map((point, i) => {
    const own = phrasesOf(point, scale);
    const speaker = speakers[i];
    const isAlone =
      speaker && texts.every((text, other) => other === i || heldBy(speaker, text) < SPEAKS_OF);
    return speaker && isAlone ? [...own, speaker] : own;
  });
}

function speakerOf(text: Phrase, modelAnswer: readonly Phrase[]): Phrase | undefined {
  const [best] = modelAnswer
    .map((sentence) => ({ sentence, held: heldBy(sentence, text) }))
    .sort((x, y) => y.held - x.held);
  return best && best.held >= SPEAKS_OF ? best.sentence : undefined;
}

/** One wording, with the weight of each of its words. */
export function phraseOf(wording: string, scale: Scale): Phrase {
  const content = sentences(wording).flatMap((part, line) =>
    annotate(part, scale.lexicon)
      .tokens.filter(isContent)
      .map((token) => ({ ...token, line })),
  );
  const share =
    content.filter((token) => isAsked(token, scale)).length / Math.max(1, content.length);
  const again = askedWeight(scale.asked.size, share);
  const tokens = content.map(
    (token): PhraseToken => ({
      ...token,
      weight: weightOf(token, again, scale),
      key: keyOf(token),
    }),
  );
  const total = tokens.reduce((sum, { weight }) => sum + weight, 0);
  return { text: wording, tokens, total, named: namedIn(tokens) };
}

/** All that a look-up of the token depends on. */
function keyOf({ kind, text, polarity, concepts, sides, quantities }: MarkedToken): string {
  const meanings = concepts.map(({ id }) => id).join();
  const turns = sides.map(({ scale, up }) => `${scale}${up}`).join();
  const amounts = quantities.map(({ value, unit }) => `${value}${unit}`).join();
  return `${kind} ${text} ${polarity} ${meanings} ${turns} ${amounts}`;
}

function namedIn(tokens: readonly PhraseToken[]): Phrase['named'] {
  const named = new Map<number, { at: number; one: number }[]>();
  for (const [at, { siblings }] of tokens.entries()) {
    for (const { set, one } of siblings) named.set(set, [...(named.get(set) ?? []), { at, one }]);
  }
  return named;
}

/** What a word of the question weighs: more when the question is long, and when the phrasing has no other words. */
function askedWeight(words: number, share: number): number {
  const long = Math.min(1, Math.max(0, (words - 15) / 45));
  const base = WEIGHT.asked + long * (WEIGHT.askedAtLength - WEIGHT.asked);
  return base + Math.max(0, WEIGHT.askedAlone - base) * share ** 2;
}

/** Whether the question says the word, or another word for it. */
function isAsked({ stem, concepts }: MarkedToken, { asked, askedMeanings }: Scale): boolean {
  return asked.has(stem) || concepts.some(({ id }) => askedMeanings.has(id));
}

function weightOf(token: MarkedToken, asked: number, scale: Scale): number {
  const again = isAsked(token, scale) ? asked : 1;
  if (token.kind === 'operator') return WEIGHT.operator;
  if (token.kind === 'symbol') return WEIGHT.symbol * again;
  if (token.kind === 'number') {
    const telling = token.quantities.some(({ unit }) => unit !== '') || token.stem.length >= 3;
    return (telling ? WEIGHT.quantity : WEIGHT.number) * again;
  }
  const plain = rarity(token.stem, scale.background) * again;
  if (token.concepts.some(({ side }) => side))
    return Math.max(plain, WEIGHT.claim * Math.max(again, 0.6));
  return scale.lexicon.light.has(token.stem) ? plain * WEIGHT.light : plain;
}

/** Share of a phrase's weight that another text holds, as the word or as its meaning. */
function heldBy(text: Phrase, phrase: Phrase): number {
  const stems = new Set(text.tokens.map(({ stem }) => stem));
  const meanings = new Set(text.tokens.flatMap(({ concepts }) => concepts.map(({ id }) => id)));
  const held = phrase.tokens.filter(
    ({ stem, concepts }) =>
      stems.has(stem) || concepts.some(({ id, strength }) => strength > 0.6 && meanings.has(id)),
  );
  return phrase.total <= 0 ? 0 : held.reduce((sum, { weight }) => sum + weight, 0) / phrase.total;
}

/** "Claims that X" and "Says X" are about the false claim X. */
function claimOf(text: string): string {
  return text.replace(
    /^(?:the (?:candidate|answer) )?(?:claims?|says?|saying|thinks?|believes?|states?|stating|claiming|assumes?)\s+(?:that\s+)?/i,
    '',
  );
}
