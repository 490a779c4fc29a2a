import type { MarkedToken } from './annotate.ts';

/** A stretch of the answer in which a phrasing is looked for: token positions, the end not included. */
export type Window = { from: number; to: number; factor: number };

type Span = { from: number; to: number };

/** What a match is worth in a sentence, in two neighbours, and anywhere in the answer. */
const WINDOW = { unit: 1, pair: 0.95, all: 0.6 };
/** A longer sentence is cut at its commas, or it would hold every word of every phrasing. */
const LONGEST_UNIT = 40;

/** Sentences, pairs of neighbours, and the whole. */
export function windowsOf(sentences: readonly Span[], tokens: readonly MarkedToken[]): Window[] {
  const units = sentences.flatMap((sentence) => cut(sentence, tokens));
  const windows = units.map((unit): Window => ({ ...unit, factor: WINDOW.unit }));
  for (const [i, unit] of units.entries()) {
    const next = units[i + 1];
    if (next) windows.push({ from: unit.from, to: next.to, factor: WINDOW.pair });
  }
  if (units.length > 2) windows.push({ from: 0, to: tokens.length, factor: WINDOW.all });
  return windows;
}

function cut({ from, to }: Span, tokens: readonly MarkedToken[]): Span[] {
  if (to - from <= LONGEST_UNIT) return [{ from, to }];
  const pieces: Span[] = [];
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
