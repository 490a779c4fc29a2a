import type { MarkedToken } from './annotate.ts';
import type { Passage } from './passage.ts';
import { conflict } from './quantities.ts';
import type { Scene } from './scene.ts';
import type { PhraseToken } from './types.ts';
import type { Window } from './windows.ts';

/** Sums are tried over so many numbers of a window. */
const MOST_TERMS = 12;

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
  return phrase.tokens.filter((token) => {
    if (token.kind !== 'number' || matched.has(token) || settled.has(kindOf(token))) return false;
    if (isSum(token, passage, window)) return false;
    return said.some((other) => {
      if (conflict(token.quantities, other.quantities)) return true;
      return token.counts !== undefined && token.counts === other.counts && differ(token, other);
    });
  });
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
