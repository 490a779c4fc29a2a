import { isContent, type MarkedToken } from './text/annotate.ts';

/** So many words of content behind a word are said together with it. */
const REACH = 6;
/** Added to each count: what is heard of once may be chance. */
const UNHEARD = 0.5;
/** No pair tells more than this. */
const MOST = 2;

type Tokens = readonly MarkedToken[];

/** Two words, in no order. */
export function pairOf(one: string, other: string): string {
  return one < other ? `${one}|${other}` : `${other}|${one}`;
}

/** Pairs of words of content, and of the sides of scales that they name: "cache" and "amount down". */
export function pairsIn(tokens: Tokens): Set<string> {
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

export function countPairs(sentences: readonly Tokens[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const tokens of sentences)
    for (const pair of pairsIn(tokens)) counts.set(pair, (counts.get(pair) ?? 0) + 1);
  return counts;
}

/**
 * Which pairs of words false statements say together rather than right ones. Naive Bayes (Maron 1961).
 *
 *     odds = ln((false + ½) / (right · ratio + ½)), at most 2 either way
 */
export function oddsOf(
  right: ReadonlyMap<string, number>,
  wrong: ReadonlyMap<string, number>,
): Map<string, number> {
  let [all, allWrong] = [0, 0];
  for (const n of right.values()) all += n;
  for (const n of wrong.values()) allWrong += n;
  const ratio = allWrong / Math.max(1, all);
  const odds = new Map<string, number>();
  for (const pair of new Set([...right.keys(), ...wrong.keys()])) {
    const told = Math.log(
      ((wrong.get(pair) ?? 0) + UNHEARD) / ((right.get(pair) ?? 0) * ratio + UNHEARD),
    );
    odds.set(pair, Math.min(MOST, Math.max(-MOST, told)));
  }
  return odds;
}
