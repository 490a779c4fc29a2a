import { CLAUSE_OPENERS, TELLING } from './function-words.ts';
import { type Concept, expand, type Lexicon, type Trie } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { type Polarity, polarities } from './polarity.ts';
import { scan, type Token } from './tokens.ts';

/** A side of a scale as it is meant, denials worked in: "does not grow" is down. */
export type Side = { scale: string; up: boolean };

/** A token with everything that matching asks of it. */
export type MarkedToken = Token & {
  polarity: Polarity;
  /** A denial stands right before it. */
  isDeniedHead: boolean;
  /** Number of the clause within the sentence. */
  clause: number;
  /** Meanings of the word group that this token belongs to. */
  concepts: readonly Concept[];
  sides: readonly Side[];
  /** Things that are told apart which this token names: the set, and which of them. */
  siblings: readonly { set: number; one: number }[];
  /** Words of one word group of the lexicon ("memory bandwidth") share this number. */
  group?: number;
  /** Meanings that the whole group carries. */
  groupConcepts: readonly number[];
  /** Stem of the noun that a bare number counts. */
  counts?: string;
};

/** A sentence as it was typed, and its tokens. */
export type Sentence = { text: string; tokens: readonly MarkedToken[] };

/** Reads one sentence: tokens, denials, clauses and the meanings of word groups. */
export function annotate(text: string, lexicon: Lexicon): Sentence {
  const tokens = scan(normalise(expand(text, lexicon.shorthand)), lexicon.stem);
  const { polarity, clause, heads } = polarities(tokens);
  const { concepts, groups, wide } = conceptsOf(tokens, lexicon.trie);
  const marked = tokens.map((token, i): MarkedToken => {
    const counts = countedNoun(tokens, i);
    const group = groups[i];
    return {
      ...token,
      stop: token.stop && !TELLING.has(token.text),
      polarity: polarity[i] ?? 1,
      isDeniedHead: heads.has(i),
      clause: clause[i] ?? 0,
      concepts: concepts[i] ?? [],
      sides: [],
      siblings: (concepts[i] ?? []).flatMap(({ sibling }) =>
        sibling && (sibling.forms?.has(token.text) ?? true) ? [sibling] : [],
      ),
      groupConcepts: wide[i] ?? [],
      ...(group === undefined ? {} : { group }),
      ...(counts === undefined ? {} : { counts }),
    };
  });
  return { text, tokens: withSides(marked) };
}

/** Whether a token can be a point of content: not grammar, not punctuation. */
export function isContent(token: MarkedToken): boolean {
  return !token.stop && token.kind !== 'mark';
}

function conceptsOf(
  tokens: readonly Token[],
  trie: Trie,
): { concepts: Concept[][]; groups: (number | undefined)[]; wide: number[][] } {
  const found: Concept[][] = tokens.map(() => []);
  const groups: (number | undefined)[] = tokens.map(() => undefined);
  const wide: number[][] = tokens.map(() => []);
  for (let start = 0; start < tokens.length; start += 1) {
    if (tokens[start]?.article) continue;
    let at: Trie | undefined = trie;
    for (let i = start; i < tokens.length && at; i += 1) {
      const token = tokens[i];
      if (!token || token.article) continue;
      if (token.kind === 'mark') break;
      at = at.next.get(token.stem);
      if (!at || at.concepts.length === 0) continue;
      for (let j = start; j <= i; j += 1) {
        if (tokens[j]?.article) continue;
        found[j]?.push(...at.concepts);
        if (i === start) continue;
        groups[j] ??= start;
        wide[j]?.push(...at.concepts.map(({ id }) => id));
      }
    }
  }
  return { concepts: found, groups, wide };
}

function countedNoun(tokens: readonly Token[], i: number): string | undefined {
  if (tokens[i]?.kind !== 'number') return undefined;
  const next = tokens.slice(i + 1, i + 3).find((token) => token.kind !== 'word' || !token.stop);
  return next?.kind === 'word' ? next.stem : undefined;
}

function isAmount(sides: readonly Side[]): boolean {
  return sides.some(({ scale }) => scale === 'amount');
}

/** Works denials into the sides, and lets "more" and "less" act on the word they stand before. */
function withSides(tokens: MarkedToken[]): MarkedToken[] {
  const sides = tokens.map((token) =>
    token.concepts.flatMap(({ side }) =>
      side && (side.forms?.has(token.text) ?? true) ? [side] : [],
    ),
  );
  return tokens.map((token, i) => {
    const own = sides[i] ?? [];
    const next = sides[i + 1] ?? [];
    const before = tokens[i - 1]?.text;
    const comparing = token.text === 'more' || token.text === 'less' || token.text === 'most';
    if (comparing && next.length > 0) return { ...token, stop: true };
    // "Falls more": the verb has said which way.
    if (comparing && sides.slice(Math.max(0, i - 2), i).some(isAmount)) return token;
    if (own.length === 0) return token;
    if (token.polarity === 0 || CLAUSE_OPENERS.has(token.text)) return token;
    const turned = (token.polarity === -1) !== (before === 'less');
    const scales = new Map(own.map((side) => [side.scale, side.up !== turned]));
    const meant = [...scales].map(([scale, up]) => ({ scale, up }));
    // What does not rise or fall stays the same.
    const still = turned && own.some(({ scale }) => scale === 'amount');
    return { ...token, sides: still ? [...meant, { scale: 'sameness', up: true }] : meant };
  });
}
