import { isContent, type MarkedToken, type Side } from './text/annotate.ts';
import type { Lexicon } from './text/lexicon.ts';
import { agree } from './text/quantities.ts';
import { isTypoOf } from './text/typo.ts';

/** Where a token of a phrasing was found, how well it fits, and through which meaning (0 for the word itself). */
export type Hit = { at: number; fit: number; via: number };

/** Places that say the same as a phrase token, and places that say the opposite. */
export type Hits = { agreeing: readonly Hit[]; opposing: readonly number[] };

const NOWHERE: Hits = { agreeing: [], opposing: [] };

/** How well a place fits that is not the word itself. */
const FIT = {
  looseWord: 0.8,
  letter: 0.65,
  otherLetter: 0.6,
  lightWord: 0.8,
  typo: 0.9,
  side: 0.8,
};
/** What stays the same does not rise or fall. */
const STILL = new Set(['same', 'unchanged', 'constant', 'change', 'changes', 'changed']);
const CHANGING = new Set(
  'increase increases increased reduce reduces reduced grow grows shrink shrinks rise rises fall falls decrease decreases lowers raises less fewer higher'.split(
    ' ',
  ),
);
/** An answer's tokens by what they are looked up by. */
export type Index = {
  stems: Map<string, number[]>;
  concepts: Map<number, number[]>;
  scales: Map<string, number[]>;
  symbols: number[];
  numbers: number[];
  /** Words of no known vocabulary: perhaps misspelt. */
  strangers: number[];
};

/** Sorts tokens by stem, meaning, scale and kind. */
export function indexTokens(tokens: readonly MarkedToken[], known: ReadonlySet<string>): Index {
  const index: Index = {
    stems: new Map(),
    concepts: new Map(),
    scales: new Map(),
    symbols: [],
    numbers: [],
    strangers: [],
  };
  for (const [at, token] of tokens.entries()) {
    push(index.stems, token.stem, at);
    for (const { id } of token.concepts) push(index.concepts, id, at);
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

/** What a look-up needs. */
export type Reading = { tokens: readonly MarkedToken[]; index: Index; lexicon: Lexicon };

/** All places that say the same as a phrase token, and all that say its opposite. */
export function findToken(token: MarkedToken, reading: Reading): Hits {
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
  const hasUnit = token.quantities.some(({ unit }) => unit !== '');
  for (const { id, seeks = id, strength } of hasUnit ? [] : token.concepts) {
    const places = index.concepts.get(seeks);
    if (!places || strength === 0) continue;
    for (const at of places)
      note(at, strength * (lexicon.light.has(tokens[at]?.stem ?? '') ? FIT.lightWord : 1), id);
  }
  for (const at of index.symbols) noteSymbol(token, at, reading, note);
  if (token.kind === 'symbol') {
    for (const word of lexicon.symbols.get(token.stem) ?? []) {
      for (const at of index.stems.get(word) ?? []) note(at, FIT.letter);
    }
  }
  if (token.kind === 'word' && index.strangers.length > 0 && !isWellMet(best)) {
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

function isWellMet(best: ReadonlyMap<number, Hit>): boolean {
  return [...best.values()].some(({ fit }) => fit > FIT.looseWord);
}

function noteSymbol(
  token: MarkedToken,
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
  token: MarkedToken,
  best: ReadonlyMap<number, Hit>,
  { tokens, index }: Reading,
): Hits {
  if (best.size === 0 && token.sides.length === 0) return NOWHERE;
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
