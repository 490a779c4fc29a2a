import { isContent, type MarkedToken } from './annotate.ts';
import { mean } from './measure.ts';
import type { Passage } from './passage.ts';
import { placesOf, type Scene } from './scene.ts';
import { handlesOf, tellingWeight } from './stance.ts';
import { ownerOf, type Place, subjectOf } from './subjects.ts';
import type { Background, Phrase, PhraseToken } from './types.ts';

/** Two things that a question tells apart: the stem of each, and which of the two it is. */
export type Contrast = ReadonlyMap<string, number>;

type Name = (token: MarkedToken) => number | undefined;

/** Things that a question tells apart, and how often its right wordings say each word of each of them. */
export type Owners = {
  nameOf: Name;
  /** The question itself names several of them. */
  isCompared: boolean;
  counts: ReadonlyMap<string, ReadonlyMap<number, number>>;
};

/** Words that a question puts between two things that it compares. */
const BETWEEN = new Set(
  'and or vs versus from over to than with into against instead rather'.split(' '),
);
/** So far from that word, in tokens, the two things are looked for. */
const REACH = { before: 4, after: 4 };
/** Lighter words are said of anything. */
const LEAST_WEIGHT = 0.4;
/** Places that fit nearly as well as the best one count as well. */
const NEARLY = 0.8;
/** So much is taken off before anybody is said to have exchanged things, and off a word that was heard of once. */
const PRIOR = { told: 4, word: 1.5 };
/** Words of a wording that weigh less are said of anything. */
const LEAST_OWNED = 0.3;
/** So much weight must have moved, and so much must be told, to be sure. */
const LEAST_MOVED = 0.5;
const SURE = 2;

/**
 * Pairs that a question names side by side: "AdamW differ from Adam", "bf16 preferred to fp16". What both sides say is not
 * what tells them apart: "more for an output token than for an input token".
 */
export function contrastsOf(
  question: readonly MarkedToken[],
  isName: (token: MarkedToken) => boolean,
): Contrast[] {
  return question.flatMap(({ text }, i) => {
    if (!BETWEEN.has(text)) return [];
    const left = question.slice(Math.max(0, i - REACH.before), i).reverse();
    const right = question.slice(i + 1, i + 1 + REACH.after);
    const apartFrom = (side: readonly MarkedToken[]) => (token: MarkedToken) =>
      isName(token) && side.every(({ stem }) => stem !== token.stem);
    const before = left.find(apartFrom(right));
    const after = right.find(apartFrom(left));
    if (!before || !after) return [];
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
  return Math.max(
    0,
    ...namesOf([...scene.phrase.named.keys()], contrasts).map((nameOf) =>
      movedShare(scene, nameOf),
    ),
  );
}

/**
 * Collects which words the right wordings say of which thing, for every set of things that they tell apart. Where the
 * question itself compares them, a wording that names none speaks of the only one that the other wordings of its claim
 * name.
 */
export function ownersOf(
  claims: readonly (readonly Phrase[])[],
  contrasts: readonly Contrast[],
  question: readonly MarkedToken[],
): Owners[] {
  const sets = new Set(claims.flat().flatMap(({ named }) => [...named.keys()]));
  return namesOf([...sets], contrasts).map((nameOf) => {
    const isCompared = namesIn([question], nameOf).size > 1;
    const counts = new Map<string, Map<number, number>>();
    for (const phrases of claims) {
      const texts = phrases.map(({ tokens }) => tokens);
      const ones = namesIn(texts, nameOf);
      const sole = isCompared && ones.size === 1 ? [...ones][0] : undefined;
      for (const [word, one] of texts.flatMap((tokens) => [...saidIn(tokens, nameOf, sole)])) {
        const of = counts.get(word) ?? new Map<number, number>();
        counts.set(word, of.set(one, (of.get(one) ?? 0) + 1));
      }
    }
    return { nameOf, isCompared, counts };
  });
}

/** Each word of a wording, once, with the thing that it says it of. */
function saidIn(
  tokens: readonly PhraseToken[],
  nameOf: Name,
  sole: number | undefined,
): Map<string, number> {
  const named = placesNamed(tokens, nameOf, 0);
  const said = new Map<string, number>();
  for (const [i, token] of tokens.entries()) {
    if (token.weight < LEAST_OWNED || nameOf(token) !== undefined) continue;
    const one = ownerOf(i, named, tokens) ?? sole;
    if (one === undefined) continue;
    for (const word of wordsOf(token)) if (!said.has(word)) said.set(word, one);
  }
  return said;
}

function namesIn(texts: readonly (readonly MarkedToken[])[], nameOf: Name): Set<number> {
  return new Set(texts.flatMap((tokens) => tokens.map(nameOf)).filter((one) => one !== undefined));
}

/**
 * How far an answer that tells two things apart says of each what right wordings say of the other, 0 to 1. Each word moves
 * by (said of the other − said of this one) / (both + 1.5), weighed by how much it tells:
 *
 *     exchanged = (moved − kept) / (moved + kept + 4)
 */
export function exchangedShare(
  owners: readonly Owners[],
  passage: Passage,
  background: Background | undefined,
): number {
  return Math.max(0, ...owners.map((each) => exchangedIn(each, passage, background)));
}

function exchangedIn(
  { nameOf, isCompared, counts }: Owners,
  passage: Passage,
  background: Background | undefined,
): number {
  const places = placesNamed(passage.tokens, nameOf, 0);
  if (new Set(places.map(({ one }) => one)).size < 2) return 0;
  let moved = 0;
  let kept = 0;
  for (const [at, token] of passage.tokens.entries()) {
    if (!isContent(token) || nameOf(token) !== undefined) continue;
    const one =
      subjectOf(at, places, passage) ?? (isCompared ? carriedOver(at, places, passage) : undefined);
    const known = wordsOf(token).flatMap((word) => counts.get(word) ?? []);
    if (one === undefined || known.length === 0) continue;
    const move = mean(known.map((of) => moveFrom(one, of)));
    const weight = tellingWeight(token, background);
    if (move > 0) moved += weight * move;
    else kept -= weight * move;
  }
  return Math.max(0, (moved - kept) / (moved + kept + PRIOR.told));
}

/** A sentence without names goes on about the only one that the sentence before it names. */
function carriedOver(at: number, places: readonly Place[], passage: Passage): number | undefined {
  const before = passage.sentenceOf(at) - 1;
  const named = places.filter((place) => passage.sentenceOf(place.at) === before);
  return new Set(named.map(({ one }) => one)).size === 1 ? named[0]?.one : undefined;
}

function moveFrom(one: number, of: ReadonlyMap<number, number>): number {
  const here = of.get(one) ?? 0;
  const there = Math.max(0, ...[...of].filter(([other]) => other !== one).map(([, n]) => n));
  return (there - here) / (there + here + PRIOR.word);
}

/** What a word is known by, and the side of a scale that it names. */
export function wordsOf(token: MarkedToken): string[] {
  return [...handlesOf(token), ...token.sides.map(({ scale, up }) => `${scale} ${up}`)];
}

/** How the things of each set are recognised: the lexicon's sets, and the question's own contrasts. */
function namesOf(sets: readonly number[], contrasts: readonly Contrast[]): Name[] {
  return [
    ...sets.map(
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
