import type { Hit } from './find.ts';
import type { Found } from './match.ts';
import type { Passage } from './passage.ts';
import type { Phrase, PhraseToken } from './types.ts';
import type { Window } from './windows.ts';

/** A phrasing in a window, with the words of it that were found there. */
export type Scene = { phrase: Phrase; found: readonly Found[]; window: Window; passage: Passage };

/** What it costs to reach over a clause or a sentence when words are bound to each other, in tokens. */
const CROSSING = { clause: 3, sentence: 12 };

/** Tokens between two words, more when a clause or a sentence ends between them. */
export function distance(a: number, b: number, passage: Passage): number {
  if (passage.sentenceOf(a) !== passage.sentenceOf(b)) return Math.abs(a - b) + CROSSING.sentence;
  const crossed = Math.abs((passage.tokens[a]?.clause ?? 0) - (passage.tokens[b]?.clause ?? 0));
  return Math.abs(a - b) + CROSSING.clause * crossed;
}

/** Where a phrase token stands in the window, in its own sense. */
export function placesOf(token: PhraseToken, { passage, window }: Scene): Hit[] {
  return passage.find(token).agreeing.filter(({ at }) => at >= window.from && at < window.to);
}

/** Where its opposite stands in the window. */
export function oppositesOf(token: PhraseToken, { passage, window }: Scene): number[] {
  return passage.find(token).opposing.filter((at) => at >= window.from && at < window.to);
}

/** Sum of the weights of found words. */
export function weightOf(found: readonly Pick<Found, 'token'>[]): number {
  return found.reduce((sum, { token }) => sum + token.weight, 0);
}
