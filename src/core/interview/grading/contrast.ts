import type { MarkedToken } from './annotate.ts';
import type { Found } from './match.ts';
import type { Passage, Window } from './passage.ts';
import { conflict } from './quantities.ts';
import type { Phrase, PhraseToken } from './types.ts';

/** What speaks against a phrasing in a window. */
export type Opposition = {
  /** Phrase tokens whose opposite was said instead; empty when two turns cancel out. */
  tokens: ReadonlySet<PhraseToken>;
  /** Two turns cancelled out: "high T is flat" says what "low T is sharp" says. */
  mirrored: boolean;
  /**
   * Share of what was found that stands under a denial where the phrasing has none, or the other way round: counting
   * every hit, and counting only the phrasing's own words.
   */
  denied: number;
  deniedVerbatim: number;
};

type Scene = { phrase: Phrase; found: readonly Found[]; window: Window; passage: Passage };
type Place = { at: number; one: number };

/** An opposite speaks against a phrasing only this close to its other words, in tokens. */
const CLOSE = 4;
/** What it costs to reach over a clause or a sentence when words are bound to each other, in tokens. */
const CROSSING = { after: 1, clause: 3, sentence: 12 };
const DENIED = 0.5;
/** What the denial of one word counts when it is the word that the sentence turns on. */
const HEAD_DENIED = 0.6;
/** Neighbours of a word are looked for this far in the phrasing, in content words. */
const REACH = 2;
/** A phrasing with more bare numbers is a calculation, not a statement about one of them. */
const MOST_LABELS = 2;

/** Finds opposites, swapped subjects, other numbers and denials. */
export function findOpposition(scene: Scene): Opposition {
  const sides = scene.phrase.tokens.filter(({ sides }) => sides.length > 0);
  const readings = sides.map((token) => ({ token, side: sideOf(token, scene) }));
  const turned = readings.filter(({ side }) => side === 'opposed').map(({ token }) => token);
  const agreed = new Set(
    readings.filter(({ side }) => side === 'agreed').map(({ token }) => token),
  );
  const plain = scene.found.filter(({ token }) => !agreed.has(token));
  // A denied word that agrees has explained the denial: "not reduced" and "does not reduce".
  const explained = scene.found.some(({ token, at }) => {
    const said = scene.passage.tokens[at];
    return (
      agreed.has(token) &&
      said !== undefined &&
      said.sides.length > 0 &&
      (token.polarity === -1 || said.polarity === -1)
    );
  });
  const denied = explained ? 0 : deniedShare(plain, scene, 0.75);
  const deniedVerbatim = explained ? 0 : deniedShare(plain, scene, 1);
  const others = [...swapped(scene), ...otherNumbers(scene)];
  const scales = new Set(turned.map(({ sides: all }) => all[0]?.scale));
  const turns = scales.size + (denied >= DENIED && turned.length > 0 ? 1 : 0);
  const mirrored =
    turns === 2 && others.length === 0 && turned.every((token) => isOpposite(token, scene));
  if (mirrored) return { tokens: new Set(), mirrored, denied: 0, deniedVerbatim: 0 };
  return { tokens: new Set([...turned, ...others]), mirrored, denied, deniedVerbatim };
}

/** Turned by another word ("small" for "large"), not by a denial of the same one. */
function isOpposite(token: PhraseToken, { passage, window }: Scene): boolean {
  return passage
    .find(token)
    .opposing.filter((at) => at >= window.from && at < window.to)
    .every((at) => passage.tokens[at]?.polarity === 1);
}

function sideOf(token: PhraseToken, scene: Scene): 'agreed' | 'opposed' | undefined {
  const { window, passage, phrase } = scene;
  const hits = passage.find(token);
  const inside = (at: number) => at >= window.from && at < window.to;
  const agreeing = hits.agreeing.map(({ at }) => at).filter(inside);
  const opposing = hits.opposing.filter(inside);
  const own = agreeing.length > 0 ? 'agreed' : undefined;
  if (opposing.length === 0) return own;
  // The phrasing names both ends itself ("fewer KV heads than query heads"): only a denial of the same word tells.
  const both = phrase.tokens.some((other) =>
    other.sides.some((a) => token.sides.some((b) => a.scale === b.scale && a.up !== b.up)),
  );
  if (both) {
    const same = (at: number) => passage.tokens[at]?.stem === token.stem;
    return opposing.some(same) && !agreeing.some(same) ? 'opposed' : own;
  }
  const anchors = neighbours(token, scene);
  if (anchors.length === 0) return own;
  const cost = (at: number) => Math.min(...anchors.map((anchor) => distance(at, anchor, passage)));
  const far = Math.min(...opposing.map(cost));
  if (!own) return far <= CLOSE ? 'opposed' : undefined;
  return far < Math.min(...agreeing.map(cost)) - 1 && far <= CLOSE ? 'opposed' : 'agreed';
}

/** Where the words stand that the phrasing has next to a token: what its "more" or "faster" is said of. */
function neighbours(token: PhraseToken, { phrase, found, window, passage }: Scene): number[] {
  const met = new Set(found.map((hit) => hit.token));
  const at = phrase.tokens.indexOf(token);
  const isAnchor = (other: PhraseToken) =>
    met.has(other) && other.sides.length === 0 && other.weight >= 0.3 && other.kind !== 'operator';
  const before = phrase.tokens.slice(0, at).reverse().slice(0, REACH).find(isAnchor);
  const after = phrase.tokens.slice(at + 1, at + 1 + REACH).find(isAnchor);
  return [before, after].flatMap((other) =>
    other
      ? passage
          .find(other)
          .agreeing.map((hit) => hit.at)
          .filter((place) => place >= window.from && place < window.to)
      : [],
  );
}

/** Tokens between two words, more when a clause or a sentence ends between them. */
function distance(a: number, b: number, passage: Passage): number {
  if (passage.sentenceOf(a) !== passage.sentenceOf(b)) return Math.abs(a - b) + CROSSING.sentence;
  const crossed = Math.abs((passage.tokens[a]?.clause ?? 0) - (passage.tokens[b]?.clause ?? 0));
  return Math.abs(a - b) + CROSSING.clause * crossed;
}

/** Subjects that changed places: "prefill is memory-bound" when prefill and decode are told apart. */
function swapped(scene: Scene): PhraseToken[] {
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
  { passage, window }: Scene,
): boolean {
  if (places.every(({ one }) => one === own)) return false;
  const telling = told.filter(
    ({ token }) =>
      token.weight >= 0.5 && (token.sides.length > 0 || !passage.lexicon.verbs.has(token.stem)),
  );
  const lost = telling.filter(({ token }) =>
    passage
      .find(token)
      .agreeing.filter(({ at }) => at >= window.from && at < window.to)
      .every(({ at }) => (subjectOf(at, places, passage) ?? own) !== own),
  );
  return weight(telling) >= 0.8 && lost.length === telling.length;
}

/** Which one a word speaks about: the nearest in its sentence, rather before it, rather in its own clause. */
function subjectOf(at: number, places: readonly Place[], passage: Passage): number | undefined {
  let best: { cost: number; one: number } | undefined;
  for (const place of places) {
    if (passage.sentenceOf(place.at) !== passage.sentenceOf(at)) continue;
    const cost = distance(place.at, at, passage) + (place.at > at ? CROSSING.after : 0);
    if (!best || cost < best.cost) best = { cost, one: place.one };
  }
  return best?.one;
}

/**
 * Numbers of the phrasing that the answer gives otherwise: the same unit or the same counted noun, and a value that
 * stands nowhere in the question or its key points.
 */
function otherNumbers({ phrase, found, window, passage }: Scene): PhraseToken[] {
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
  const values = numbers.slice(0, 12).map(({ quantities }) => quantities[0]?.value ?? 0);
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

/** A denial on both sides, or on none, is agreement: which words it reaches depends on the build of the sentence. */
function deniedShare(found: readonly Found[], scene: Scene, leastFit: number): number {
  const { passage } = scene;
  const all = weight(found);
  const here = ({ at }: Found) => passage.tokens[at]?.polarity ?? 1;
  const inPhrase = found.filter(({ token }) => token.polarity === -1);
  const inAnswer = found.filter((hit) => here(hit) === -1);
  if (all === 0 || (inPhrase.length > 0 && inAnswer.length > 0)) return 0;
  const turned = found.filter(
    (hit) => hit.fit >= leastFit && here(hit) * hit.token.polarity === -1,
  );
  const share = weight(turned) / all;
  const atItsVerb =
    inPhrase.length === 0 && found.some((hit) => hit.fit >= leastFit && isDeniedOnly(hit, scene));
  return atItsVerb ? Math.max(share, HEAD_DENIED) : share;
}

/** A denial stands right before the word wherever it occurs: "keys and values are not kept". */
function isDeniedOnly({ token }: Found, { passage, window }: Scene): boolean {
  const inside = passage
    .find(token)
    .agreeing.filter(({ at }) => at >= window.from && at < window.to);
  const best = Math.max(...inside.map(({ fit }) => fit));
  return inside.every(({ at, fit }) => fit < best || passage.tokens[at]?.isDeniedHead === true);
}

function weight(found: readonly Found[]): number {
  return found.reduce((sum, { token }) => sum + token.weight, 0);
}
