import { isContent, type MarkedToken } from './annotate.ts';

/** What the pairs of words of a question's right and false wordings say: above 0 they are rather said by false ones. */
export type Leaning = {
  /** By pair, in no order: ln (false + ½) / (right · ratio + ½), at most 2 either way. */
  odds: ReadonlyMap<string, number>;
  /** Every word of a pair. */
  words: ReadonlySet<string>;
};

/** What pairs of words say over all that is stated of the field, by pair: −2, −1, 1 or 2. */
export type FieldLeaning = ReadonlyMap<string, number>;

/** How an answer's pairs of words lean. */
export type Leant = {
  /** The mean over its pairs that were heard of, −2 to 2. */
  leaning: number;
  /** The same by what is said of the whole field, over the pairs of which the question's own wordings say nothing. */
  field: number;
  /** How much the best exchange of two of its words would take off, by pair, 0 or more. */
  swapGain: number;
};

type Tokens = readonly MarkedToken[];

/** So many words of content behind a word are said together with it. */
const REACH = 6;
/** Added to each count: what is heard of once may be chance. */
const UNHEARD = 0.5;
/** No pair tells more than this, and so many pairs that tell nothing are taken for granted. */
const MOST = 2;
const PRIOR = 6;
/** The best of many exchanges wins something by chance, the more so the fewer pairs there are. */
const EXCHANGE_PRIOR = 30;
/** In the whole field a pair must be heard so often, and tell so much, to be kept. */
const TELLING = { times: 5, odds: 0.5 };

/** Compares which words right and false wordings say close together, sentence by sentence. */
export function leaningOf(right: readonly Tokens[], wrong: readonly Tokens[]): Leaning {
  const odds = oddsOf(countPairs(right), countPairs(wrong));
  return { odds, words: new Set([...odds.keys()].flatMap(wordsOf)) };
}

/**
 * What right and false statements of many questions say close together. A question that nobody wrote false wordings for
 * has no other way to know them. Only pairs of the field's own words count, not how people talk.
 */
export function fieldLeaningOf(
  right: readonly Tokens[],
  wrong: readonly Tokens[],
  isOfField: (stem: string) => boolean,
): FieldLeaning {
  const said = { right: countPairs(right), wrong: countPairs(wrong) };
  const times = (pair: string) => (said.right.get(pair) ?? 0) + (said.wrong.get(pair) ?? 0);
  const telling = [...oddsOf(said.right, said.wrong)].filter(
    ([pair, odds]) =>
      times(pair) >= TELLING.times &&
      Math.abs(odds) >= TELLING.odds &&
      wordsOf(pair).every((word) => isSide(word) || isOfField(word)),
  );
  return new Map(telling.map(([pair, odds]) => [pair, Math.round(odds)]));
}

function oddsOf(
  right: ReadonlyMap<string, number>,
  wrong: ReadonlyMap<string, number>,
): Map<string, number> {
  const ratio = sum(wrong.values()) / Math.max(1, sum(right.values()));
  const odds = new Map<string, number>();
  for (const pair of [...right.keys(), ...wrong.keys()]) {
    const inRight = (right.get(pair) ?? 0) * ratio;
    const inWrong = wrong.get(pair) ?? 0;
    const told = Math.log((inWrong + UNHEARD) / (inRight + UNHEARD));
    odds.set(pair, Math.min(MOST, Math.max(-MOST, told)));
  }
  return odds;
}

/**
 * Looks at which words an answer says close together. Where things are exchanged all words are right, but what stands
 * beside them is not; and often two words are found whose exchange would put everything in its place.
 */
export function readLeaning(
  known: Leaning,
  field: FieldLeaning,
  sentences: readonly Tokens[],
): Leant {
  const pairs = countPairs(sentences);
  return {
    leaning: meanOdds(pairs, (pair) => known.odds.get(pair)),
    field: meanOdds(pairs, (pair) => (known.odds.has(pair) ? undefined : field.get(pair))),
    swapGain: bestExchange(known, pairs) / (sum(pairs.values()) + EXCHANGE_PRIOR),
  };
}

function meanOdds(
  pairs: ReadonlyMap<string, number>,
  tell: (pair: string) => number | undefined,
): number {
  let told = PRIOR;
  let leans = 0;
  for (const [pair, times] of pairs) {
    const odds = tell(pair);
    if (odds === undefined) continue;
    told += times;
    leans += times * odds;
  }
  return leans / told;
}

/**
 * The most that an exchange of two words takes off, where both must win by it: twice the lesser of what the one's pairs
 * lean less in the other's place, and the other's in its own.
 */
function bestExchange({ odds, words }: Leaning, pairs: ReadonlyMap<string, number>): number {
  const { all, near } = neighbours(pairs, words);
  // Every pair is asked for again and again: a table is far quicker than the texts.
  const table = all.map((one) =>
    Float64Array.from(all, (other) => odds.get(pairOf(one, other)) ?? 0),
  );
  /** What the pairs of one word lean less once another stands in its place. */
  const gain = (one: number, other: number) => {
    const [here, there] = [table[one], table[other]];
    let less = 0;
    for (const { at, times } of near[one] ?? [])
      if (at !== other) less += times * ((here?.[at] ?? 0) - (there?.[at] ?? 0));
    return less;
  };
  let best = 0;
  for (let one = 0; one < all.length; one += 1) {
    for (let other = one + 1; other < all.length; other += 1) {
      const first = 2 * gain(one, other);
      if (first > best) best = Math.max(best, Math.min(first, 2 * gain(other, one)));
    }
  }
  return best;
}

/** The known words of some pairs, and for each which of them stand beside it, and how often. */
function neighbours(pairs: ReadonlyMap<string, number>, words: ReadonlySet<string>) {
  const places = new Map<string, number>();
  const near: { at: number; times: number }[][] = [];
  const placeOf = (word: string) => {
    const known = places.get(word) ?? near.push([]) - 1;
    places.set(word, known);
    return known;
  };
  for (const [pair, times] of pairs) {
    const [one = '', other = ''] = wordsOf(pair);
    if (!words.has(one) || !words.has(other)) continue;
    const [first, second] = [placeOf(one), placeOf(other)];
    near[first]?.push({ at: second, times });
    near[second]?.push({ at: first, times });
  }
  return { all: [...places.keys()], near };
}

function countPairs(sentences: readonly Tokens[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tokens of sentences)
    for (const pair of pairsIn(tokens)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return counts;
}

/** Pairs of words of content, and of the sides of scales that they name: "cache" and "amount down". */
function pairsIn(tokens: Tokens): Set<string> {
  const words = tokens
    .filter((token) => isContent(token) && token.kind !== 'operator')
    .map(({ stem, sides }) => [
      stem,
      ...sides.map(({ scale, up }) => `${scale} ${up ? 'up' : 'down'}`),
    ]);
  const pairs = new Set<string>();
  for (const [i, own] of words.entries())
    for (const other of words.slice(i + 1, i + 1 + REACH).flat())
      for (const word of own) if (word !== other) pairs.add(pairOf(word, other));
  return pairs;
}

/** "amount down": the side of a scale, where a stem has no blank. */
function isSide(word: string): boolean {
  return word.includes(' ');
}

/** Two words, in no order. */
export function pairOf(one: string, other: string): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`;
}

/** The two words of a pair. */
export function wordsOf(pair: string): string[] {
  return pair.split('|');
}

function sum(values: Iterable<number>): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
