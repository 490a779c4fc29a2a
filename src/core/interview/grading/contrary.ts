import { matchPhrase, prospectsOf } from './match.ts';
import type { Passage } from './passage.ts';
import { phraseOf, type Scale } from './phrases.ts';
import { sentences } from './sentences.ts';
import type { Contrary, KeyPoint } from './types.ts';

/** How strongly false wordings of a point were met. */
export type ContraryMatch = {
  /** The best recall of any of them, 0 to 1. */
  recall: number;
  /** The clearest: the geometric mean of the recall and of the share of the words that only the false wording has. */
  clear: number;
};

/** A word that fits a true wording this well does not tell the false one apart. */
const SHARED_FIT = 0.7;
/** With less weight of words of its own a false wording cannot be told from the true ones. */
const LEAST_TELLING = 0.5;
/** What was met of a false wording must stand in neighbouring sentences, and be more than chance. */
const LEAST_FACTOR = 0.9;
const LEAST_RECALL = 0.25;

/** The false wordings of a point, each with the words that set it apart from the true ones. */
export function contrariesOf(
  { wrong = [] }: KeyPoint,
  trueWordings: Passage,
  scale: Scale,
): Contrary[] {
  return wrong.map((text) => {
    const phrase = phraseOf(text, scale);
    const isShared = (token: Contrary['phrase']['tokens'][number]) =>
      trueWordings.find(token).agreeing.some(({ fit }) => fit >= SHARED_FIT);
    return { phrase, telling: new Set(phrase.tokens.filter((token) => !isShared(token))) };
  });
}

/** All wordings that a person may use for a point, as one text. */
export function trueTexts({ text, phrasings = [] }: KeyPoint): string[] {
  return [text, ...phrasings].flatMap(sentences);
}

/** Looks for the false wordings of a point. */
export function matchContrary(contraries: readonly Contrary[], passage: Passage): ContraryMatch {
  const met: ContraryMatch = { recall: 0, clear: 0 };
  for (const { phrase, telling } of contraries) {
    const all = [...telling].reduce((sum, { weight }) => sum + weight, 0);
    for (const { window } of prospectsOf(phrase, passage)) {
      if (window.factor < LEAST_FACTOR) continue;
      const { recall, found } = matchPhrase(phrase, window, passage);
      met.recall = Math.max(met.recall, recall * window.factor);
      if (recall < LEAST_RECALL || all < LEAST_TELLING) continue;
      const told = found.filter(({ token }) => telling.has(token));
      const share = told.reduce((sum, { token, fit }) => sum + token.weight * fit, 0) / all;
      const clear = Math.sqrt(share * Math.min(1, recall)) * window.factor;
      met.clear = Math.max(met.clear, clear);
    }
  }
  return met;
}
