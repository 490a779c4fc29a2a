import { isContent, type MarkedToken } from './text/annotate.ts';

/** So many words of content behind a word are said together with it. */
const REACH = 6;
/** Added to each count: what is heard of once may be chance. */
const UNHEARD = 0.5;
/** No pair tells more than this. */
const MOST = 2;

type Tokens = readonly MarkedToken[];

/** What is known of two words, in no order: by the one that sorts first, then by the other. */
export type PairTable<T> = Map<string, Map<string, T>>;

/** What a table knows of two words. */
export function getPair<T>(table: PairTable<T>, one: string, other: string): T | undefined {
  return one < other ? table.get(one)?.get(other) : table.get(other)?.get(one);
}

/** Writes something about two words into a table. */
export function setPair<T>(table: PairTable<T>, one: string, other: string, value: T): void {
  const [first, second] = one < other ? [one, other] : [other, one];
  const row = table.get(first);
  if (row) row.set(second, value);
  else table.set(first, new Map([[second, value]]));
}

/** Visits each two words of content that stand together once, sides of scales too: "cache" and "amount down". */
export function visitPairs(tokens: Tokens, visit: (one: string, other: string) => void): void {
  // Pairs of numbers are remembered at a fraction of the cost of pairs of words.
  const numbers = new Map<string, number>();
  const numbered = (word: string) => {
    const number = numbers.get(word) ?? numbers.size;
    numbers.set(word, number);
    return { word, number };
  };
  const places = tokens
    .filter((token) => isContent(token) && token.kind !== 'operator')
    .map(({ stem, sides }) => [
      numbered(stem),
      ...sides.map(({ scale, up }) => numbered(`${scale} ${up ? 'up' : 'down'}`)),
    ]);
  const seen = new Set<number>();
  for (const [i, own] of places.entries())
    for (let j = i + 1; j <= i + REACH && j < places.length; j += 1)
      for (const other of places[j] ?? [])
        for (const one of own) {
          const [low, high] =
            one.number < other.number ? [one.number, other.number] : [other.number, one.number];
          const pair = low * numbers.size + high;
          if (low === high || seen.has(pair)) continue;
          seen.add(pair);
          visit(one.word, other.word);
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
  const counts: PairTable<{ right: number; wrong: number }> = new Map();
  const all = { right: 0, wrong: 0 };
  const count = (sentences: readonly Tokens[], side: 'right' | 'wrong') => {
    for (const tokens of sentences)
      visitPairs(tokens, (one, other) => {
        const known = getPair(counts, one, other) ?? { right: 0, wrong: 0 };
        known[side] += 1;
        all[side] += 1;
        setPair(counts, one, other, known);
      });
  };
  count(right, 'right');
  count(wrong, 'wrong');
  const ratio = all.wrong / Math.max(1, all.right);
  return (one, other) => {
    const known = getPair(counts, one, other);
    if (!known) return undefined;
    const told = Math.log((known.wrong + UNHEARD) / (known.right * ratio + UNHEARD));
    return Math.min(MOST, Math.max(-MOST, told));
  };
}
