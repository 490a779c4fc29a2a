import { deniedShare } from './denials.ts';
import { otherNumbers } from './other-numbers.ts';
import { distance, oppositesOf, placesOf, type Scene } from './scene.ts';
import { exchanged, speaksOfOwn, swapped } from './subjects.ts';
import type { PhraseToken } from './types.ts';

/** What speaks against a phrasing in a window. */
export type Opposition = {
  /** Phrase tokens whose opposite was said instead; empty when two turns cancel out. */
  tokens: ReadonlySet<PhraseToken>;
  /** Two turns cancelled out: "high T is flat" says what "low T is sharp" says. */
  mirrored: boolean;
  /** Two subjects changed places. */
  isSwap: boolean;
  /**
   * Share of what was found that stands under a denial where the phrasing has none, or the other way round: counting
   * every hit, and counting only the phrasing's own words.
   */
  denied: number;
  deniedVerbatim: number;
};

/** An opposite speaks against a phrasing only this close to its other words, in tokens. */
const CLOSE = 4;
const DENIED = 0.5;
/** Neighbours of a word are looked for this far in the phrasing, in content words. */
const REACH = 2;

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
  const moved = exchanged(scene);
  const others = [...moved, ...swapped(scene), ...otherNumbers(scene)];
  const scales = new Set(turned.map(({ sides: all }) => all[0]?.scale));
  const turns = scales.size + (denied >= DENIED && turned.length > 0 ? 1 : 0);
  const mirrored =
    turns === 2 && others.length === 0 && turned.every((token) => isOpposite(token, scene));
  if (mirrored) return { tokens: new Set(), mirrored, isSwap: false, denied: 0, deniedVerbatim: 0 };
  const isSwap = moved.length > 0;
  return { tokens: new Set([...turned, ...others]), mirrored, isSwap, denied, deniedVerbatim };
}

/** Turned by another word ("small" for "large"), not by a denial of the same one. */
function isOpposite(token: PhraseToken, scene: Scene): boolean {
  return oppositesOf(token, scene).every((at) => scene.passage.tokens[at]?.polarity === 1);
}

function sideOf(token: PhraseToken, scene: Scene): 'agreed' | 'opposed' | undefined {
  const { passage, phrase } = scene;
  const agreeing = placesOf(token, scene).map(({ at }) => at);
  const opposing = oppositesOf(token, scene);
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
  const isOwn = speaksOfOwn(scene);
  if (isOwn && !agreeing.some(isOwn) && opposing.some(isOwn)) return 'opposed';
  const anchors = neighbours(token, scene);
  if (anchors.length === 0) return own;
  const cost = (at: number) => Math.min(...anchors.map((anchor) => distance(at, anchor, passage)));
  const far = Math.min(...opposing.map(cost));
  if (!own) return far <= CLOSE ? 'opposed' : undefined;
  // Things are the same and not the same in one breath; the word itself decides.
  if (token.sides.some(({ scale }) => scale === 'sameness')) return own;
  return far < Math.min(...agreeing.map(cost)) - 1 && far <= CLOSE ? 'opposed' : 'agreed';
}

/** Where the words stand that the phrasing has next to a token: what its "more" or "faster" is said of. */
function neighbours(token: PhraseToken, scene: Scene): number[] {
  const { phrase, found } = scene;
  const met = new Set(found.map((hit) => hit.token));
  const at = phrase.tokens.indexOf(token);
  const isAnchor = (other: PhraseToken) =>
    met.has(other) && other.sides.length === 0 && other.weight >= 0.3 && other.kind !== 'operator';
  const before = phrase.tokens.slice(0, at).reverse().slice(0, REACH).find(isAnchor);
  const after = phrase.tokens.slice(at + 1, at + 1 + REACH).find(isAnchor);
  return [before, after].flatMap((other) =>
    other ? placesOf(other, scene).map((hit) => hit.at) : [],
  );
}
