import type { MarkedToken } from './annotate.ts';
import type { Found } from './match.ts';
import type { Passage } from './passage.ts';
import { distance, placesOf, type Scene, weightOf } from './scene.ts';
import type { PhraseToken } from './types.ts';

type Place = { at: number; one: number };

/** A subject stands rather before what is said of it: what it costs to look behind, in tokens. */
const BEHIND = 1;
/** A phrasing with more bare numbers is a calculation, not a statement about one of them. */
const MOST_LABELS = 2;

/** Subjects that changed places: "prefill is memory-bound" when prefill and decode are told apart. */
export function swapped(scene: Scene): PhraseToken[] {
  return scene.found
    .filter((hit) => siblingSwapped(hit, scene) || labelSwapped(hit, scene))
    .map(({ token }) => token);
}

function siblingSwapped(hit: Found, scene: Scene): boolean {
  const { phrase, passage, window } = scene;
  return hit.token.concepts.some(({ sibling }) => {
    if (!sibling) return false;
    const inSet = ({ concepts }: PhraseToken) =>
      concepts.some((c) => c.sibling?.set === sibling.set);
    const namesBoth = phrase.tokens.some(({ concepts }) =>
      concepts.some((c) => c.sibling?.set === sibling.set && c.sibling.one !== sibling.one),
    );
    if (namesBoth) return false;
    const places = (passage.siblings.get(sibling.set) ?? []).filter(
      ({ at }) => at >= window.from && at < window.to,
    );
    return speaksOfAnother(
      { places, own: sibling.one, told: scene.found.filter(({ token }) => !inSet(token)) },
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
  const telling = told.filter(
    ({ token }) =>
      token.weight >= 0.5 && (token.sides.length > 0 || !passage.lexicon.verbs.has(token.stem)),
  );
  const lost = telling.filter(({ token }) =>
    placesOf(token, scene).every(({ at }) => (subjectOf(at, places, passage) ?? own) !== own),
  );
  return weightOf(telling) >= 0.8 && lost.length === telling.length;
}

/** Which one a word speaks about: the nearest in its sentence, rather before it, rather in its own clause. */
function subjectOf(at: number, places: readonly Place[], passage: Passage): number | undefined {
  let best: { cost: number; one: number } | undefined;
  for (const place of places) {
    if (passage.sentenceOf(place.at) !== passage.sentenceOf(at)) continue;
    const cost = distance(place.at, at, passage) + (place.at > at ? BEHIND : 0);
    if (!best || cost < best.cost) best = { cost, one: place.one };
  }
  return best?.one;
}
