import type { Hit } from './find.ts';
import type { Passage, Window } from './passage.ts';
import type { Wording, WordingToken } from './wordings.ts';

/** A token of a wording with the place where it was found. */
export type Found = Hit & WordingToken;

/** How one wording was met in one window; all shares are of the wording's weight, 0 to 1. */
export type Match = {
  wording: Wording;
  /** Share that was said in the same words or others for them. */
  recall: number;
  /** Share of what was said that is denied here and not there, or the other way round. */
  denied: number;
  /** Share whose opposite was said instead: "grows" for "shrinks". */
  turned: number;
  found: readonly Found[];
};

/** A word that already stands for another word of the wording counts this much. */
const TAKEN = 0.5;
/** A word that was torn out of its word group counts this much; partners may stand this far apart. */
const TORN = 0.6;
const TOGETHER = 4;
/** "Does not hold keys and values": what the denial of the word that a statement turns on counts at the least. */
const HEAD_DENIED = 0.6;

/** The most that each window can hold of a wording: a cheap bound that spares most of the work. */
export function boundsOf(wording: Wording, { find, windows, bounds }: Passage): Float64Array {
  const known = bounds.get(wording);
  if (known) return known;
  const { tokens, wanted } = wording;
  const sums = new Float64Array(windows.length);
  bounds.set(wording, sums);
  for (const token of tokens) {
    const { fits } = find(token);
    if (!fits) continue;
    for (let i = 0; i < sums.length; i += 1)
      sums[i] = (sums[i] ?? 0) + (token.weight * (fits[i] ?? 0)) / wanted;
  }
  return sums;
}

/** Looks for one wording in one window. */
export function matchWording(wording: Wording, window: Window, passage: Passage): Match {
  const found = findAll(wording, window, passage);
  const met = new Set(found.map(({ token }) => token));
  const unmet = wording.tokens.filter(({ token }) => !met.has(token));
  const said = found.reduce((sum, { weight, fit }) => sum + weight * fit, 0);
  return {
    wording,
    recall: Math.min(1, said / wording.wanted),
    denied: deniedShare(found, passage),
    turned: Math.min(1, weigh(unmet.filter(isTurned(window, passage))) / wording.wanted),
    found,
  };
}

/** The best place for each token of the wording; one place serves two tokens only for one word group. */
function findAll({ tokens }: Wording, { number, from, to }: Window, passage: Passage): Found[] {
  const taken = new Map<number, number>();
  const found: Found[] = [];
  for (const token of tokens) {
    let best: Hit | undefined;
    let most = 0;
    const { agreeing, fits } = passage.find(token);
    if (!fits?.[number]) continue;
    for (const hit of agreeing) {
      // The best come first.
      if (hit.fit <= most) break;
      if (hit.at < from || hit.at >= to) continue;
      const by = taken.get(hit.at);
      const fit = by === undefined || (by === hit.via && by !== 0) ? hit.fit : hit.fit * TAKEN;
      if (fit <= most) continue;
      best = hit;
      most = fit;
    }
    if (!best) continue;
    taken.set(best.at, best.via);
    found.push({ ...token, at: best.at, fit: most, via: best.via });
  }
  return found.map((hit) => (isTorn(hit, found, tokens) ? { ...hit, fit: hit.fit * TORN } : hit));
}

/** A word of a word group that was met alone, or far from its partners: "compute … limited" is not "compute-bound". */
function isTorn(hit: Found, found: readonly Found[], tokens: readonly WordingToken[]): boolean {
  const { group, groupConcepts } = hit.token;
  if (group === undefined || groupConcepts.includes(hit.via)) return false;
  const partners = tokens.filter(({ token }) => token.group === group);
  const met = found.filter(({ token }) => token.group === group);
  return met.length < partners.length || met.some(({ at }) => Math.abs(at - hit.at) > TOGETHER);
}

function weigh(tokens: readonly WordingToken[]): number {
  return tokens.reduce((sum, { weight }) => sum + weight, 0);
}

function deniedShare(found: readonly Found[], { tokens }: Passage): number {
  const all = weigh(found);
  const here = ({ at }: Found) => tokens[at]?.polarity ?? 1;
  const inWording = found.some(({ token }) => token.polarity === -1);
  const inAnswer = found.some((hit) => here(hit) === -1);
  // A denial on both sides is agreement: which words it reaches depends on the build of the sentence.
  if (all === 0 || inWording === inAnswer) return 0;
  // A side of a scale that agrees has worked the denial in: "does not grow" is "shrinks".
  const open = found.filter(
    ({ at, token }) => !(token.sides.length > 0 && (tokens[at]?.sides.length ?? 0) > 0),
  );
  const share = weigh(open.filter((hit) => here(hit) * hit.token.polarity === -1)) / all;
  const isHeadDenied = inAnswer && open.some(({ at }) => tokens[at]?.isDeniedHead);
  return isHeadDenied ? Math.max(HEAD_DENIED, share) : share;
}

/** The opposite of the token was said. */
function isTurned({ from, to }: Window, { find }: Passage) {
  return (each: WordingToken) =>
    each.token.sides.length > 0 && find(each).opposing.some((at) => at >= from && at < to);
}
