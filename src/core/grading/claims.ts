import { boundsOf, type Match, matchWording } from './match.ts';
import { type Passage, quote, type Window } from './passage.ts';
import type { PreparedQuestion } from './question.ts';
import type { Wording } from './wordings.ts';

/** A false wording and the run of clauses that is nearest to it. */
export type Claim = {
  window: Window;
  evidence: string;
  /** How far the wording was met in its own sense, 0 to 1. */
  said: number;
  /** By how much that is more than any right wording of the question is met there. */
  lead: number;
  /** `said`, less for a longer run of clauses. */
  worth: number;
};

/** From here on a false claim was surely made; the precision of this is measured (`docs/grading.md`). */
export const SURE = { said: 0.92, lead: 0.2 };
/** From here on a sentence is worth a second look. */
export const NEAR = { said: 0.6, lead: 0.1 };
/** What a longer run must win over a shorter one, for each token. */
const PER_TOKEN = 0.01;
/** Below this bound a wording is not looked for. */
const LEAST = 0.5;
/** Clauses that speak of what others believe claim nothing. */
const REFUTES =
  /\b(?:myth|misconception|misbelief|fallacy|mistaken?|outdated|too optimistic|wrong(?:ly)?|incorrect|false|untrue|not true|contrary to|people (?:often )?(?:think|say|believe)|some (?:think|say|believe)|it is often said|you might think|one might think)\b/i;

/** The run of clauses in which one of some false wordings was met best, before any right wording of the question. */
export function findClaim(
  wordings: readonly Wording[],
  passage: Passage,
  rightBounds: readonly number[],
): Claim | undefined {
  let best: Claim | undefined;
  for (const wording of wordings) {
    const bounds = boundsOf(wording, passage);
    for (const [i, window] of passage.windows.entries()) {
      const bound = Math.min(1, bounds[i] ?? 0);
      const length = PER_TOKEN * (window.to - window.from);
      if (bound < LEAST || (best && bound - length <= best.worth)) continue;
      const said = inItsSense(matchWording(wording, window, passage));
      const worth = said - length;
      if (said === 0 || (best && worth <= best.worth)) continue;
      // Nobody is accused of words of two sentences put together.
      const [sentence = '', ...further] = sentencesOf(passage, window);
      if (further.length > 0 || REFUTES.test(sentence)) continue;
      const evidence = quote(passage, window);
      best = { window, evidence, said, worth, lead: said - (rightBounds[i] ?? 0) };
    }
  }
  return best;
}

/** How well the best right wording of any point is met in each window. */
export function rightBounds({ points }: PreparedQuestion, passage: Passage): number[] {
  const best = passage.windows.map(() => 0);
  for (const wording of points.flatMap(({ right }) => right))
    for (const [i, bound] of boundsOf(wording, passage).entries())
      if (bound > (best[i] ?? 0)) best[i] = Math.min(1, bound);
  return best;
}

export const isSure = ({ said, lead }: Claim) => said >= SURE.said && lead >= SURE.lead;
export const isNear = ({ said, lead }: Claim) => said >= NEAR.said && lead >= NEAR.lead;

/** A comparative turned round, another number or the other one of two things is not the claim. */
function inItsSense({ recall, denied, turned, misnumbered, exchanged }: Match): number {
  return denied > 0.3 || turned > 0 || misnumbered > 0 || exchanged > 0 ? 0 : recall;
}

function sentencesOf({ clauses, sentences }: Passage, { first, last }: Window): string[] {
  const numbers = new Set(clauses.slice(first, last).map(({ sentence }) => sentence));
  return [...numbers].map((number) => sentences[number]?.text ?? '');
}
