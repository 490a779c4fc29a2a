import { type Evidence, readWhole } from './features.ts';
import { boundsOf, type Match, matchWording } from './match.ts';
import type { Passage, Window } from './passage.ts';
import type { PreparedQuestion } from './question.ts';
import type { Wording } from './wordings.ts';

/** A run of clauses that may state a point, and what the features look at. */
export type Candidate = { window: Window; evidence: Evidence };

/** So many runs of clauses are looked at closely for each point, and so many wordings in each. */
const WINDOWS = 3;
const WORDINGS = 6;
/** A wording of which less can be met in a run of clauses is not looked for there. */
const LEAST = 0.1;
/** What a longer run must win over a shorter one, for each token. */
const PER_TOKEN = 0.004;

/** The most promising runs of clauses for each key point, in the order of the points. */
export function findEvidence(question: PreparedQuestion, passage: Passage): Candidate[][] {
  const right = question.points.map((point) => boundAll(point.right, passage));
  const wrong = question.points.map((point) => boundAll(point.wrong, passage));
  const breadths = right.map((bounds) => passage.windows.map((_, i) => breadthOf(bounds, i)));
  const anyWrong = wrong.flat();
  const mistaken = passage.windows.map((_, i) => bestOf(anyWrong, i));
  const answer = readWhole(passage.tokens, question);
  return question.points.map((point, k) =>
    promising(breadths[k] ?? [], passage.windows).flatMap(({ window, i }) => {
      const matches = matchAll(point.right, right[k] ?? [], { window, i, passage });
      const [best, ...others] = matches;
      if (!best) return [];
      return {
        window,
        evidence: {
          question,
          tokens: passage.tokens.slice(window.from, window.to),
          answer,
          matches: [best, ...others],
          otherPoint: Math.max(
            0,
            ...breadths.flatMap((all, other) => (other === k ? [] : (all[i]?.mean ?? 0))),
          ),
          wrongWording: mistaken[i] ?? 0,
        },
      };
    }),
  );
}

function boundAll(wordings: readonly Wording[], passage: Passage): Float64Array[] {
  return wordings.map((wording) => boundsOf(wording, passage));
}

function bestOf(bounds: readonly Float64Array[], i: number): number {
  return bounds.reduce((best, each) => Math.max(best, Math.min(1, each[i] ?? 0)), 0);
}

/** The best and the mean of the three best bounds in one window. */
function breadthOf(bounds: readonly Float64Array[], i: number): { best: number; mean: number } {
  let [first, second, third] = [0, 0, 0];
  for (const each of bounds) {
    const bound = Math.min(1, each[i] ?? 0);
    if (bound > first) [first, second, third] = [bound, first, second];
    else if (bound > second) [second, third] = [bound, second];
    else if (bound > third) third = bound;
  }
  return { best: first, mean: (first + second + third) / 3 };
}

function promising(
  breadths: readonly { best: number; mean: number }[],
  windows: readonly Window[],
): { window: Window; i: number }[] {
  return windows
    .map((window, i) => {
      const { best, mean } = breadths[i] ?? { best: 0, mean: 0 };
      return { window, i, worth: best + mean - PER_TOKEN * (window.to - window.from) };
    })
    .sort((a, b) => b.worth - a.worth)
    .slice(0, WINDOWS);
}

/** The wordings that are met best in a window, the best first. */
export function matchAll(
  wordings: readonly Wording[],
  bounds: readonly Float64Array[],
  { window, i, passage }: { window: Window; i: number; passage: Passage },
): Match[] {
  return wordings
    .map((wording, at) => ({ wording, bound: bounds[at]?.[i] ?? 0 }))
    .filter(({ bound }) => bound > LEAST)
    .sort((a, b) => b.bound - a.bound)
    .slice(0, WORDINGS)
    .map(({ wording }) => matchWording(wording, window, passage))
    .sort((a, b) => b.recall - a.recall);
}
