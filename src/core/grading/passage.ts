import type { Cut } from './clauses.ts';
import { findToken, type Hit, type Hits, indexTokens } from './find.ts';
import { annotatePieces, type MarkedToken } from './text/annotate.ts';
import type { Lexicon } from './text/lexicon.ts';
import type { Wording, WordingToken } from './wordings.ts';

/** A run of clauses: its number, token positions and clause numbers, the ends not included. */
export type Window = { number: number; from: number; to: number; first: number; last: number };

/** Where a token was found, and how well its best place in each window fits, if it has any. */
export type Places = Hits & { fits: Float64Array | undefined };

/** An answer, read and indexed. */
export type Passage = {
  lexicon: Lexicon;
  tokens: readonly MarkedToken[];
  /** Clause by clause: its text as typed, its sentence, its tokens. */
  clauses: readonly { text: string; sentence: number; from: number; to: number }[];
  sentences: readonly { text: string; from: number; to: number }[];
  windows: readonly Window[];
  find: (token: WordingToken) => Places;
  /** The most that each window holds of a wording, once it was asked for. */
  bounds: Map<Wording, Float64Array>;
};

/** A statement has so many tokens at most, and so many clauses. */
const LONGEST = 40;
const MOST_CLAUSES = 5;

/** Reads an answer once, for all wordings. */
export function readPassage(cuts: readonly Cut[], lexicon: Lexicon): Passage {
  const tokens: MarkedToken[] = [];
  const clauses: { text: string; sentence: number; from: number; to: number }[] = [];
  const sentences = cuts.map(({ text, pieces }, sentence) => {
    const from = tokens.length;
    const read = annotatePieces(pieces, lexicon);
    let at = from;
    for (const [i, length] of read.lengths.entries()) {
      if (length > 0) clauses.push({ text: pieces[i] ?? '', sentence, from: at, to: at + length });
      at += length;
    }
    for (const token of read.tokens) tokens.push(token);
    return { text, from, to: tokens.length };
  });
  const index = indexTokens(tokens, lexicon.known);
  const windows = windowsOf(clauses);
  const covering = windowsAt(windows, tokens.length);
  const found: Places[] = [];
  const find = ({ token, number }: WordingToken) => {
    const known = found[number];
    if (known) return known;
    const hits = findToken(token, { tokens, index, lexicon });
    const places = { ...hits, fits: fitsIn(covering, windows.length, hits.agreeing) };
    found[number] = places;
    return places;
  };
  return { lexicon, tokens, clauses, sentences, windows, find, bounds: new Map() };
}

/** The numbers of the windows that each token lies in. */
function windowsAt(windows: readonly Window[], tokens: number): number[][] {
  const covering: number[][] = Array.from({ length: tokens }, () => []);
  for (const [i, { from, to }] of windows.entries())
    for (let at = from; at < to; at += 1) covering[at]?.push(i);
  return covering;
}

function fitsIn(
  covering: readonly (readonly number[])[],
  windows: number,
  hits: readonly Hit[],
): Float64Array | undefined {
  if (hits.length === 0) return undefined;
  const fits = new Float64Array(windows);
  for (const { at, fit } of hits)
    for (const i of covering[at] ?? []) if (fit > (fits[i] ?? 0)) fits[i] = fit;
  return fits;
}

/** Every run of neighbouring clauses that is short enough to be one statement; a clause alone always is. */
function windowsOf(clauses: Passage['clauses']): Window[] {
  const windows: Window[] = [];
  for (const [first, { from }] of clauses.entries())
    for (const [i, { to }] of clauses.slice(first, first + MOST_CLAUSES).entries()) {
      if (i > 0 && to - from > LONGEST) break;
      windows.push({ number: windows.length, from, to, first, last: first + i + 1 });
    }
  return windows;
}

/** A window as it was typed. */
export function quote({ clauses }: Passage, { first, last }: Window): string {
  return clauses
    .slice(first, last)
    .map(({ text }, i) => {
      const next = clauses[first + i + 1];
      const same = next && i + 1 < last - first && next.sentence === clauses[first + i]?.sentence;
      return same || i + 1 === last - first ? text : `${text} `;
    })
    .join('')
    .trim();
}
