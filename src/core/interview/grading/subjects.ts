import type { MarkedToken } from './annotate.ts';
import type { Found } from './match.ts';
import type { Passage } from './passage.ts';
import { distance, placesOf, type Scene, weightOf } from './scene.ts';
import type { PhraseToken } from './types.ts';

/** Where one of the things that are told apart is named. */
export type Place = { at: number; one: number };

/** A subject stands rather before what is said of it: what it costs to look behind, in tokens. */
const BEHIND = 1;
/** Reaching over a clause or a line of the phrasing, in tokens. */
const CLAUSE = 3;
const CROSSED = 12;
/** So much must be told of a subject before it counts as swapped; of two, this share must have moved. */
const LEAST_TOLD = 0.8;
const MOST_MOVED = 0.75;
/** A phrasing with more bare numbers is a calculation, not a statement about one of them. */
const MOST_LABELS = 2;

/** Subjects that changed places: "prefill is memory-bound" when prefill and decode are told apart. */
export function swapped(scene: Scene): PhraseToken[] {
  return scene.found
    .filter((hit) => siblingSwapped(hit, scene) || labelSwapped(hit, scene))
    .map(({ token }) => token);
}

/** The phrasing tells two siblings apart, and the answer says of each what is said of the other. */
export function exchanged(scene: Scene): PhraseToken[] {
  const { phrase, passage, window } = scene;
  if (phrase.named.size === 0) return [];
  // In a formula all things stand beside each other.
  const inside = passage.tokens.slice(window.from, window.to);
  if ([...inside, ...phrase.tokens].some(({ kind }) => kind === 'operator')) return [];
  for (const [set, named] of phrase.named) {
    const said = (passage.siblings.get(set) ?? []).filter(
      ({ at }) => at >= window.from && at < window.to,
    );
    if (countOnes(named) < 2 || countOnes(said) < 2) continue;
    const told = tellingOf(
      scene.found.filter(({ token }) => named.every(({ at }) => phrase.tokens[at] !== token)),
      passage,
    );
    const moved = told.flatMap(({ token }) => {
      const one = ownerOf(phrase.tokens.indexOf(token), named, phrase.tokens);
      const now = placesOf(token, scene).map(({ at }) => subjectOf(at, said, passage) ?? one);
      return one !== undefined && !now.includes(one) ? [{ token, one }] : [];
    });
    if (countOnes(moved) >= 2 && weightOf(moved) >= MOST_MOVED * weightOf(told))
      return moved.map(({ token }) => token);
  }
  return [];
}

/**
 * Whether a place of the answer speaks of the one that the phrasing is about; undefined when the phrasing names none or
 * several of those that the answer tells apart.
 */
export function speaksOfOwn(scene: Scene): ((at: number) => boolean) | undefined {
  const { phrase, passage, window } = scene;
  for (const [set, named] of phrase.named) {
    const said = (passage.siblings.get(set) ?? []).filter(
      ({ at }) => at >= window.from && at < window.to,
    );
    const [own] = named;
    if (!own || countOnes(named) > 1 || countOnes(said) < 2) continue;
    return (at) => subjectOf(at, said, passage) === own.one;
  }
  return undefined;
}

function countOnes(places: readonly { one: number }[]): number {
  return new Set(places.map(({ one }) => one)).size;
}

/** Which one a word of the phrasing speaks about. */
export function ownerOf(
  at: number,
  named: readonly Place[],
  tokens: readonly PhraseToken[],
): number | undefined {
  let best: { cost: number; one: number } | undefined;
  for (const place of named) {
    const apart = tokens[place.at]?.line === tokens[at]?.line ? 0 : CROSSED;
    const clauses = Math.abs((tokens[place.at]?.clause ?? 0) - (tokens[at]?.clause ?? 0));
    const cost = Math.abs(place.at - at) + apart + CLAUSE * clauses + (place.at > at ? BEHIND : 0);
    if (!best || cost < best.cost) best = { cost, one: place.one };
  }
  return best?.one;
}

function siblingSwapped(hit: Found, scene: Scene): boolean {
  const { phrase, passage, window } = scene;
  return hit.token.siblings.some(({ set, one: own }) => {
    const namesBoth = phrase.named.get(set)?.some(({ one }) => one !== own);
    if (namesBoth) return false;
    const places = (passage.siblings.get(set) ?? []).filter(
      ({ at }) => at >= window.from && at < window.to,
    );
    const inSet = ({ siblings }: PhraseToken) => siblings.some((each) => each.set === set);
    return speaksOfAnother(
      { places, own, told: scene.found.filter(({ token }) => !inSet(token)) },
      scene,
    );
  });
}

/** A bare whole number, as in "stage 2", "2 = gradients" or "batch 64". */
function isLabel({ kind, quantities }: MarkedToken): boolean {
  return (
    kind === 'number' &&
    quantities.every(({ value, unit }) => unit === '' && Number.isInteger(value))
  );
}

/** The phrasing's numbers stand with other words in the answer than in the phrasing. */
function labelSwapped(hit: Found, scene: Scene): boolean {
  const { phrase, passage, window } = scene;
  const own = phrase.tokens.filter(isLabel);
  if (!isLabel(hit.token) || own.length > MOST_LABELS) return false;
  const places: Place[] = [];
  for (let at = window.from; at < window.to; at += 1) {
    const token = passage.tokens[at];
    // In a formula numbers stand beside everything.
    if (token?.kind === 'operator') return false;
    if (token && isLabel(token))
      places.push({ at, one: own.some((each) => each.stem === token.stem) ? 0 : 1 });
  }
  return speaksOfAnother(
    { places, own: 0, told: scene.found.filter(({ token }) => !isLabel(token)) },
    scene,
  );
}

function speaksOfAnother(
  { places, own, told }: { places: readonly Place[]; own: number; told: readonly Found[] },
  scene: Scene,
): boolean {
  const { passage } = scene;
  if (places.every(({ one }) => one === own)) return false;
  const telling = tellingOf(told, passage);
  const lost = telling.filter(({ token }) =>
    placesOf(token, scene).every(({ at }) => (subjectOf(at, places, passage) ?? own) !== own),
  );
  return weightOf(telling) >= LEAST_TOLD && lost.length === telling.length;
}

/** Words that say something of a subject. */
function tellingOf(told: readonly Found[], { lexicon }: Passage): Found[] {
  return told.filter(
    ({ token }) =>
      token.weight >= 0.5 && (token.sides.length > 0 || !lexicon.verbs.has(token.stem)),
  );
}

/** Which one a word speaks about: the nearest in its sentence, rather before it, rather in its own clause. */
export function subjectOf(
  at: number,
  places: readonly Place[],
  passage: Passage,
): number | undefined {
  let best: { cost: number; one: number } | undefined;
  for (const place of places) {
    if (passage.sentenceOf(place.at) !== passage.sentenceOf(at)) continue;
    const cost = distance(place.at, at, passage) + (place.at > at ? BEHIND : 0);
    if (!best || cost < best.cost) best = { cost, one: place.one };
  }
  return best?.one;
}
