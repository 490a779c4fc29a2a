import { isContent, type MarkedToken } from './text/annotate.ts';

/** So many words of content behind a word are said together with it. */
const REACH = 6;
/** Added to each count: what is heard of once may be chance. */
const UNHEARD = 0.5;
/** No pair tells more than this. */
const MOST = 2;

type Tokens = readonly MarkedToken[];

/** The words of content of a sentence in their order, each with the sides of scales that it names: "cache", "amount down". */
type Places = readonly (readonly string[])[];

function placesOf(tokens: Tokens): Places {
  return tokens
    .filter((token) => isContent(token) && token.kind !== 'operator')
    .map(({ stem, sides }) => [
      stem,
      ...sides.map(({ scale, up }) => `${scale} ${up ? 'up' : 'down'}`),
    ]);
}

/** Visits each two words of content that stand together once, sides of scales too: "cache" and "amount down". */
export function visitPairs(tokens: Tokens, visit: (one: string, other: string) => void): void {
  const places = placesOf(tokens);
  const seen = new Set<string>();
  for (const [i, own] of places.entries())
    for (let j = i + 1; j <= i + REACH && j < places.length; j += 1)
      for (const other of places[j] ?? [])
        for (const one of own) {
          const pair = one < other ? `${one}\n${other}` : `${other}\n${one}`;
          if (one === other || seen.has(pair)) continue;
          seen.add(pair);
          visit(one, other);
        }
}

/** How much two words tell that are said together, -2 to 2; undefined of words that never were. */
export type PairOdds = (one: string, other: string) => number | undefined;

/**
 * Which pairs of words false sentences say together rather than right ones. Naive Bayes (Maron 1961).
 *
 *     odds = ln((false + ½) / (right · ratio + ½)), at most 2 either way
 */
export function oddsOf(right: readonly Tokens[], wrong: readonly Tokens[]): PairOdds {
  const read = { right: right.map(placesOf), wrong: wrong.map(placesOf) };
  const holding = { right: indexOf(read.right), wrong: indexOf(read.wrong) };
  const ratio = countPairs(read.wrong) / Math.max(1, countPairs(read.right));
  const told = new Map<string, number | undefined>();
  const tell = (one: string, other: string): number | undefined => {
    const [inRight, inWrong] = [holding.right, holding.wrong].map((index) => {
      const near = index.get(other);
      return (index.get(one) ?? []).filter(
        (places) => near?.includes(places) && areNear(places, one, other),
      ).length;
    });
    if (!inRight && !inWrong) return undefined;
    const odds = Math.log(((inWrong ?? 0) + UNHEARD) / ((inRight ?? 0) * ratio + UNHEARD));
    return Math.min(MOST, Math.max(-MOST, odds));
  };
  return (one, other) => {
    const pair = one < other ? `${one}\n${other}` : `${other}\n${one}`;
    if (!told.has(pair)) told.set(pair, tell(one, other));
    return told.get(pair);
  };
}

/** The sentences that hold a word. */
function indexOf(sentences: readonly Places[]): Map<string, Places[]> {
  const index = new Map<string, Places[]>();
  for (const places of sentences)
    for (const word of new Set(places.flat())) {
      const holding = index.get(word);
      if (holding) holding.push(places);
      else index.set(word, [places]);
    }
  return index;
}

function areNear(places: Places, one: string, other: string): boolean {
  return places.some(
    (words, i) =>
      words.includes(one) &&
      places.some((each, j) => i !== j && Math.abs(i - j) <= REACH && each.includes(other)),
  );
}

/** How many pairs of words stand together, each once a sentence. Numbers are remembered at a fraction of the cost of words. */
function countPairs(sentences: readonly Places[]): number {
  let count = 0;
  for (const places of sentences) {
    const numbers = new Map([...new Set(places.flat())].map((word, number) => [word, number]));
    const numbered = places.map((words) => words.map((word) => numbers.get(word) ?? 0));
    const seen = new Set<number>();
    for (const [i, own] of numbered.entries())
      for (const before of numbered.slice(Math.max(0, i - REACH), i))
        for (const one of own)
          for (const other of before)
            if (one !== other) seen.add(Math.min(one, other) * numbers.size + Math.max(one, other));
    count += seen.size;
  }
  return count;
}
