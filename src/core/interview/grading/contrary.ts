import { matchPhrase, prospectsOf } from './match.ts';
import type { Passage } from './passage.ts';
import type { Phrase } from './types.ts';

/** What was met of a false wording must stand in neighbouring sentences. */
const LEAST_FACTOR = 0.9;

/** How well the best met of some false wordings was met, 0 to 1. */
export function falseRecall(wordings: readonly Phrase[], passage: Passage): number {
  let best = 0;
  for (const phrase of wordings) {
    for (const { window } of prospectsOf(phrase, passage)) {
      if (window.factor < LEAST_FACTOR) continue;
      best = Math.max(best, matchPhrase(phrase, window, passage).recall * window.factor);
    }
  }
  return Math.min(1, best);
}
