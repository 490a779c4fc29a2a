import { annotate, isContent, type MarkedToken, type Side } from './annotate.ts';
import type { Lexicon } from './lexicon.ts';
import { agree, type Quantity } from './quantities.ts';
import type { PhraseToken } from './types.ts';
import { isTypoOf } from './typo.ts';

/** A stretch of the answer in which a phrasing is looked for: token positions, the end not included. */
export type Window = { from: number; to: number; factor: number };

/** Where a token of a phrasing was found, how well it fits, and through which meaning (0 for the word itself). */
export type Hit = { at: number; fit: number; via: number };

/** Places that say the same as a phrase token, and places that say the opposite. */
export type Hits = { agreeing: readonly Hit[]; opposing: readonly number[] };

/** An answer, read and indexed. */
export type Passage = {
  lexicon: Lexicon;
  sentences: readonly { text: string; from: number; to: number }[];
  tokens: readonly MarkedToken[];
  /** Length of what is graded, in words. */
  words: number;
  /** Number of the sentence that a token stands in. */
  sentenceOf: (at: number) => number;
  windows: readonly Window[];
  /** Places of numbers that the question does not know. */
  strangeNumbers: readonly number[];
  /** Where each sibling set's members stand. */
  siblings: ReadonlyMap<number, readonly { at: number; one: number }[]>;
  find: (token: PhraseToken) => Hits;
};

const FIT = { letter: 0.65, otherLetter: 0.6, lightWord: 0.8, typo: 0.9, side: 0.8 };
const WINDOW = { unit: 1, pair: 0.95, all: 0.6 };
/** What stays the same does not rise or fall. */
const STILL = new Set(['same', 'unchanged', 'constant', 'change', 'changes', 'changed']);
const CHANGING = new Set(
  'increase increases increased reduce reduces reduced grow grows shrink shrinks rise rises fall falls decrease decreases lowers raises less fewer higher'.split(
    ' ',
  ),
);
/** A longer sentence is cut at its commas, or it would hold every word of every phrasing. */
const LONGEST_UNIT = 40;

/** Reads an answer once, for all phrasings. */
export function readPassage(
  texts: readonly string[],
  { lexicon, numbers: known }: { lexicon: Lexicon; numbers: readonly (readonly Quantity[])[] },
): Passage {
  const tokens: MarkedToken[] = [];
  const sentenceNumbers: number[] = [];
  const sentences = texts.map((text, number) => {
    const from = tokens.length;
    tokens.push(...annotate(text, lexicon).tokens);
    while (sentenceNumbers.length < tokens.length) sentenceNumbers.push(number);
    return { text, from, to: tokens.length };
  });
  const index = indexTokens(tokens, lexicon.known);
  const cache = new Map<PhraseToken, Hits>();
  const find = (token: PhraseToken) => {
    const known = cache.get(token) ?? findToken(token, { tokens, index, lexicon });
    cache.set(token, known);
    return known;
  };
  const sentenceOf = (at: number) => sentenceNumbers[at] ?? -1;
  const windows = windowsOf(sentences, tokens);
  const words = texts.reduce((sum, text) => sum + text.trim().split(/\s+/).length, 0);
  const strangeNumbers = index.numbers.filter(
    (at) => !known.some((quantities) => agree(quantities, tokens[at]?.quantities ?? [])),
  );
  return {
    lexicon,
    sentences,
    tokens,
    words,
    sentenceOf,
    windows,
    strangeNumbers,
    siblings: index.siblings,
    find,
  };
}

type Index = {
  stems: Map<string, number[]>;
  concepts: Map<number, number[]>;
  scales: Map<string, number[]>;
  siblings: Map<number, { at: number; one: number }[]>;
  symbols: number[];
  numbers: number[];
  /** Words of no known vocabulary: perhaps misspelt. */
  strangers: number[];
};

function indexTokens(tokens: readonly MarkedToken[], known: ReadonlySet<string>): Index {
  const index: Index = {
    stems: new Map(),
    concepts: new Map(),
    scales: new Map(),
    siblings: new Map(),
    symbols: [],
    numbers: [],
    strangers: [],
  };
  for (const [at, token] of tokens.entries()) {
    push(index.stems, token.stem, at);
    for (const concept of token.concepts) {
      push(index.concepts, concept.id, at);
      if (concept.sibling)
        push(index.siblings, concept.sibling.set, { at, one: concept.sibling.one });
    }
    for (const { scale } of token.sides) push(index.scales, scale, at);
    if (token.kind === 'symbol') index.symbols.push(at);
    if (token.kind === 'number') index.numbers.push(at);
    if (token.kind === 'word' && isContent(token) && !known.has(token.stem))
      index.strangers.push(at);
  }
  return index;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

type Reading = { tokens: readonly MarkedToken[]; index: Index; lexicon: Lexicon };

function findToken(token: PhraseToken, reading: Reading): Hits {
  const best = new Map<number, Hit>();
  const note = (at: number, fit: number, via = 0) => {
    if (fit > (best.get(at)?.fit ?? 0)) best.set(at, { at, fit, via });
  };
  const { tokens, index, lexicon } = reading;
  if (token.kind === 'number') {
    for (const at of index.numbers)
      if (agree(token.quantities, tokens[at]?.quantities ?? [])) note(at, 1);
  } else {
    for (const at of index.stems.get(token.stem) ?? []) note(at, 1);
  }
  for (const { id, strength } of token.concepts) {
    if (token.kind === 'number' && token.quantities.some(({ unit }) => unit !== '')) break;
    for (const at of index.concepts.get(id) ?? [])
      note(at, strength * (lexicon.light.has(tokens[at]?.stem ?? '') ? FIT.lightWord : 1), id);
  }
  for (const at of index.symbols) noteSymbol(token, at, reading, note);
  if (token.kind === 'symbol') {
    for (const word of lexicon.symbols.get(token.stem) ?? []) {
      for (const at of index.stems.get(word) ?? []) note(at, FIT.letter);
    }
  }
  if (token.kind === 'word' && best.size === 0) {
    for (const at of index.strangers) {
      const other = tokens[at];
      if (other && isTypoOf(other.text, token.text)) note(at, FIT.typo);
    }
  }
  for (const { scale, up } of token.sides) {
    for (const at of index.scales.get(scale) ?? []) {
      if (tokens[at]?.sides.some((side) => side.scale === scale && side.up === up))
        note(at, FIT.side);
    }
  }
  return splitBySide(token, best, reading);
}

function noteSymbol(
  token: PhraseToken,
  at: number,
  { tokens, lexicon }: Reading,
  note: (at: number, fit: number) => void,
): void {
  const letter = tokens[at]?.stem ?? '';
  const means = lexicon.symbols.get(letter);
  if (token.kind === 'word' && means?.has(token.stem)) note(at, FIT.letter);
  if (token.kind !== 'symbol' || letter === token.stem) return;
  const wanted = lexicon.symbols.get(token.stem);
  if (means && wanted && [...means].some((word) => wanted.has(word))) note(at, FIT.otherLetter);
}

function splitBySide(
  token: PhraseToken,
  best: ReadonlyMap<number, Hit>,
  { tokens, index }: Reading,
): Hits {
  const agreeing = [...best.values()].sort((a, b) => b.fit - a.fit);
  if (token.sides.length === 0) return { agreeing, opposing: [] };
  const opposing = new Set<number>();
  const still = STILL.has(token.text);
  for (const scale of scalesAgainst(token.sides, still)) {
    for (const at of index.scales.get(scale) ?? []) {
      if (opposes(tokens[at], token.sides, still)) opposing.add(at);
    }
  }
  return { agreeing: agreeing.filter(({ at }) => !opposing.has(at)), opposing: [...opposing] };
}

function scalesAgainst(sides: readonly Side[], still: boolean): Set<string> {
  const scales = new Set(sides.map(({ scale }) => scale));
  if (still) scales.add('amount');
  return scales;
}

function opposes(other: MarkedToken | undefined, meant: readonly Side[], still: boolean): boolean {
  const said = other?.sides ?? [];
  const same = said.some((a) => meant.some((b) => a.scale === b.scale && a.up === b.up));
  if (same) return false;
  if (said.some((a) => meant.some((b) => a.scale === b.scale && a.up !== b.up))) return true;
  const unchanged = still && meant.some(({ scale, up }) => scale === 'sameness' && up);
  return unchanged && other?.polarity === 1 && CHANGING.has(other.text);
}

function windowsOf(sentences: Passage['sentences'], tokens: readonly MarkedToken[]): Window[] {
  const units = sentences.flatMap((sentence) => cut(sentence, tokens));
  const windows = units.map((unit): Window => ({ ...unit, factor: WINDOW.unit }));
  for (const [i, unit] of units.entries()) {
    const next = units[i + 1];
    if (next) windows.push({ from: unit.from, to: next.to, factor: WINDOW.pair });
  }
  if (units.length > 2) windows.push({ from: 0, to: tokens.length, factor: WINDOW.all });
  return windows;
}

function cut(
  { from, to }: { from: number; to: number },
  tokens: readonly MarkedToken[],
): { from: number; to: number }[] {
  if (to - from <= LONGEST_UNIT) return [{ from, to }];
  const pieces: { from: number; to: number }[] = [];
  let start = from;
  for (let i = from; i < to; i += 1) {
    const long = i - start >= LONGEST_UNIT / 2;
    if ((long && tokens[i]?.kind === 'mark') || i - start >= LONGEST_UNIT) {
      pieces.push({ from: start, to: i + 1 });
      start = i + 1;
    }
  }
  if (start < to) pieces.push({ from: start, to });
  return pieces;
}
