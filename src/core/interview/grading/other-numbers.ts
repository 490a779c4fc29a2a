import type { MarkedToken } from './annotate.ts';
import type { Found } from './match.ts';
import type { Passage } from './passage.ts';
import { agree, conflict } from './quantities.ts';
import type { Scene } from './scene.ts';
import type { PhraseToken } from './types.ts';
import type { Window } from './windows.ts';

/** Sums are tried over so many numbers of a window. */
const MOST_TERMS = 12;
/** A number that belongs to a word stands among so many tokens behind it. */
const NEXT = 3;

/**
 * Numbers of the phrasing that the answer gives otherwise: the same unit or the same counted noun, and a value that
 * stands nowhere in the question or its key points.
 */
export function otherNumbers({ phrase, found, window, passage }: Scene): PhraseToken[] {
  const matched = new Set(found.map(({ token }) => token));
  const said = passage.strangeNumbers
    .filter((at) => at >= window.from && at < window.to)
    .flatMap((at) => passage.tokens[at] ?? []);
  const kindOf = ({ quantities: [first, other] }: MarkedToken) =>
    other ? '' : (first?.unit ?? '');
  const settled = new Set([...matched].filter(({ kind }) => kind === 'number').map(kindOf));
  return phrase.tokens.filter((token, i) => {
    if (token.kind !== 'number' || matched.has(token)) return false;
    if (isSum(token, passage, window)) return false;
    const before = found.find((hit) => hit.token === phrase.tokens[i - 1]);
    const isUnit = phrase.tokens[i - 2]?.kind === 'number';
    if (before && !isUnit && standsAfter(before, token, passage)) return true;
    if (settled.has(kindOf(token))) return false;
    return said.some((other) => {
      if (conflict(token.quantities, other.quantities)) return true;
      return token.counts !== undefined && token.counts === other.counts && differ(token, other);
    });
  });
}

/** The same word has another number behind it: "sum to 3" for "sum to 1", "line 9" for "line 7". */
function standsAfter({ at, fit, token }: Found, number: PhraseToken, passage: Passage): boolean {
  if (token.kind !== 'word' || fit < 1) return false;
  const next = passage.tokens
    .slice(at + 1, at + 1 + NEXT)
    .findIndex(({ stop, kind }) => !stop && kind !== 'operator');
  const other = passage.tokens[at + 1 + next];
  return (
    next >= 0 &&
    other?.kind === 'number' &&
    other.stem !== number.stem &&
    (passage.strangeNumbers.includes(at + 1 + next) || (isTelling(number) && isTelling(other))) &&
    !agree(number.quantities, other.quantities)
  );
}

/** A quantity rather than a label: a unit or several digits. */
function isTelling({ quantities, stem }: MarkedToken): boolean {
  return quantities.some(({ unit }) => unit !== '') || stem.length >= 2;
}

/** "4 bytes and 8 more" says 12. */
function isSum(token: MarkedToken, passage: Passage, window: Window): boolean {
  const wanted = token.quantities[0]?.value ?? 0;
  const numbers = passage.tokens
    .slice(window.from, window.to)
    .filter(({ kind }) => kind === 'number');
  const values = numbers.slice(0, MOST_TERMS).map(({ quantities }) => quantities[0]?.value ?? 0);
  return values.some((a, i) =>
    values.some(
      (b, j) => j > i && (a + b === wanted || values.some((c, k) => k > j && a + b + c === wanted)),
    ),
  );
}

function differ(a: MarkedToken, b: MarkedToken): boolean {
  const counted = (token: MarkedToken) =>
    token.quantities.map((each) => ({ ...each, unit: each.unit || 'counted' }));
  return conflict(counted(a), counted(b));
}
