import type { MarkedToken } from './annotate.ts';
import { placesOf, type Scene } from './scene.ts';
import { ownerOf, type Place, subjectOf } from './subjects.ts';

/** Two things that a question tells apart: the stem of each, and which of the two it is. */
export type Contrast = ReadonlyMap<string, number>;

type Name = (token: MarkedToken) => number | undefined;

/** Words that a question puts between two things that it compares. */
const BETWEEN = new Set(
  'and or vs versus from over to than with into against instead rather'.split(' '),
);
/** So far from that word, in tokens, the two things are looked for. */
const REACH = { before: 4, after: 3 };
/** Lighter words are said of anything. */
const LEAST_WEIGHT = 0.4;
/** Places that fit nearly as well as the best one count as well. */
const NEARLY = 0.8;
/** So much weight must have moved, and so much must be told, to be sure. */
const LEAST_MOVED = 0.5;
const SURE = 2;

/** Pairs that a question names side by side: "AdamW differ from Adam", "bf16 preferred to fp16". */
export function contrastsOf(
  question: readonly MarkedToken[],
  isName: (token: MarkedToken) => boolean,
): Contrast[] {
  return question.flatMap(({ text }, i) => {
    if (!BETWEEN.has(text)) return [];
    const before = question
      .slice(Math.max(0, i - REACH.before), i)
      .reverse()
      .find(isName);
    const after = question.slice(i + 1, i + 1 + REACH.after).find(isName);
    if (!before || !after || before.stem === after.stem) return [];
    return [
      new Map([
        [before.stem, 0],
        [after.stem, 1],
      ]),
    ];
  });
}

/**
 * How much of a match is said of another thing than the phrasing says it of, 0 to 1: "prefill makes one token at a time"
 * holds all words of a claim about decode. Unlike a swap that contradicts, it is a hint that need not be sure.
 */
export function misplaced(scene: Scene, contrasts: readonly Contrast[]): number {
  return Math.max(0, ...namesIn(scene, contrasts).map((nameOf) => movedShare(scene, nameOf)));
}

/** How each set of things that the phrasing names one of is recognised: the lexicon's sets, and the question's own. */
function namesIn({ phrase }: Scene, contrasts: readonly Contrast[]): Name[] {
  return [
    ...[...phrase.named.keys()].map(
      (set): Name =>
        ({ siblings }) =>
          siblings.find((each) => each.set === set)?.one,
    ),
    ...contrasts.map(
      (contrast): Name =>
        ({ stem }) =>
          contrast.get(stem),
    ),
  ];
}

function movedShare(scene: Scene, nameOf: Name): number {
  const { phrase, passage, window, found } = scene;
  const named = placesNamed(phrase.tokens, nameOf, 0);
  const said = placesNamed(passage.tokens.slice(window.from, window.to), nameOf, window.from);
  if (named.length === 0 || said.length === 0) return 0;
  let kept = 0;
  let moved = 0;
  for (const { token, fit } of found) {
    if (nameOf(token) !== undefined || token.weight < LEAST_WEIGHT) continue;
    const owner = ownerOf(phrase.tokens.indexOf(token), named, phrase.tokens);
    const now = placesOf(token, scene)
      .filter((place) => place.fit >= fit * NEARLY)
      .map(({ at }) => subjectOf(at, said, passage))
      .filter((one) => one !== undefined);
    if (owner === undefined || now.length === 0) continue;
    if (now.includes(owner)) kept += token.weight * fit;
    else moved += token.weight * fit;
  }
  const told = kept + moved;
  return moved > LEAST_MOVED ? (moved / told) * Math.min(1, told / SURE) : 0;
}

function placesNamed(tokens: readonly MarkedToken[], nameOf: Name, from: number): Place[] {
  return tokens.flatMap((token, i) => {
    const one = nameOf(token);
    return one === undefined ? [] : [{ at: from + i, one }];
  });
}
