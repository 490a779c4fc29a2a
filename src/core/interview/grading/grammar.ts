import type { MarkedToken } from './annotate.ts';
import { FUNCTION_WORDS } from './function-words.ts';

/** The tokens of one sentence. */
type Line = readonly MarkedToken[];

/** How often one kind of word follows another in English sentences of the field. */
export type Grammar = {
  /** By the two kinds, with a blank between them. */
  pairs: ReadonlyMap<string, number>;
  firsts: ReadonlyMap<string, number>;
  seconds: ReadonlyMap<string, number>;
  total: number;
};

const ENDINGS: readonly [RegExp, string][] = [
  [/ing$/, '-ing'],
  [/ed$/, '-ed'],
  [/ly$/, '-ly'],
  [/(?:ion|ity|ness|ment|ance|ence)s?$/, '-ion'],
  [/[^s]s$/, '-s'],
];
/** What a sentence begins and ends with. */
const BORDER = '.';
/** Pairs that were counted as if they followed chance, for each kind. */
const PRIOR = 5;

/** Adds up the pairs of kinds. */
export function grammarOf(pairs: ReadonlyMap<string, number>): Grammar {
  const firsts = new Map<string, number>();
  const seconds = new Map<string, number>();
  let total = 0;
  for (const [pair, count] of pairs) {
    const [first = '', second = ''] = pair.split(' ');
    firsts.set(first, (firsts.get(first) ?? 0) + count);
    seconds.set(second, (seconds.get(second) ?? 0) + count);
    total += count;
  }
  return { pairs, firsts, seconds, total };
}

/** Counts which kinds of words follow each other. */
export function countPairs(sentences: readonly Line[], into: Map<string, number>): void {
  for (const [first, second] of pairsOf(sentences)) {
    const pair = `${first} ${second}`;
    into.set(pair, (into.get(pair) ?? 0) + 1);
  }
}

/**
 * How well the words follow each other, beyond what the same words would in any order: about 0.4 for prose, 0 for notes in
 * shorthand, and below it for scrambled sentences.
 *
 *     flow = mean over neighbours of ln(P(second | first) / P(second))
 */
export function flowOf(sentences: readonly Line[], grammar: Grammar): number {
  let sum = 0;
  const pairs = pairsOf(sentences);
  for (const [first, second] of pairs) {
    const alone = ((grammar.seconds.get(second) ?? 0) + 1) / (grammar.total + grammar.seconds.size);
    const together = (grammar.pairs.get(`${first} ${second}`) ?? 0) + PRIOR * alone;
    sum += Math.log(together / ((grammar.firsts.get(first) ?? 0) + PRIOR) / alone);
  }
  return pairs.length === 0 ? 0 : sum / pairs.length;
}

function pairsOf(sentences: readonly Line[]): [string, string][] {
  return sentences.flatMap((tokens) => {
    const kinds = [BORDER, ...tokens.map(kindOf), BORDER];
    return kinds.slice(1).map((kind, i): [string, string] => [kinds[i] ?? BORDER, kind]);
  });
}

/** A function word stands for itself, any other for its ending. */
function kindOf({ kind, text }: MarkedToken): string {
  if (kind === 'mark') return ',';
  if (kind === 'number') return '#';
  if (kind !== 'word') return '=';
  if (FUNCTION_WORDS.has(text)) return text;
  return ENDINGS.find(([ending]) => ending.test(text))?.[1] ?? 'x';
}
