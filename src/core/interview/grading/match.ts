import { findOpposition } from './contrast.ts';
import type { Hit } from './find.ts';
import { mean } from './measure.ts';
import type { Passage } from './passage.ts';
import type { Phrase, PhraseToken } from './types.ts';
import type { Window } from './windows.ts';

/** A phrase token with the place where it was found. */
export type Found = Hit & { token: PhraseToken };

/** How one phrasing was met in one window. */
export type Match = {
  phrase: Phrase;
  /** Share of the phrasing that was said, in its sense: 0 to 1. */
  recall: number;
  /** How strongly the opposite was said: 0 to 1. */
  opposed: number;
  window: Window;
  found: readonly Found[];
};

/** What all phrasings of one point found in an answer. */
export type PointMatch = {
  /** The best value of any phrasing: recall, less in a wider window. */
  raw: number;
  /** The mean of the three best phrasings' values: a claim that is met in several wordings is surely there. Of a formula its own. */
  mean: number;
  /** The strongest opposition. */
  against: number;
  best: Match | undefined;
  opponent: Match | undefined;
};

/** What is left of a match whose direction, subject or number is the wrong one. */
const OPPOSED_FACTOR = 0.4;
const DENIAL_SLOPE = 1.5;
/** The two turned words of a mirrored claim are not among those found; they count a little. */
const MIRRORED_GAIN = 0.2;
/** A word that already stands for another word of the phrasing counts this much. */
const TAKEN_FACTOR = 0.5;
/** A word that was torn out of its word group counts this much; partners may stand this far apart. */
const TORN_FACTOR = 0.6;
const TOGETHER = 4;
/** A phrasing of less weight than this cannot be met in full: two common words prove nothing. */
const LEAST_TOTAL = 2;
/** People say a thing in one or two ways, however many ways the bank knows. */
const BEST_FEW = 3;
/** From here on a formula is met, and so many operators make one. */
const FORMULA = { recall: 0.85, operators: 2 };
/** It takes more to say that somebody contradicts than that somebody agrees. */
const LEAST_OPPOSED = 3.2;
/** Subjects that changed places are more telling than the words that another phrasing finds all the same. */
const SWAP_FACTOR = 1.2;
const PLAIN_FACTOR = 0.75;
/** So many windows are looked at closely, those first that hold most of the phrasing. */
const WINDOWS = 4;
/** Opposition up to this is not worth looking for. */
const FAINT = 0.5;
/** Below this share a window is not worth a closer look. */
const LEAST_SAID = 0.2;
/** What holds less of a phrasing neither says nor contradicts it, so nobody asks which. */
const WORTH_DOUBTING = 0.4;
/** Words that stand further apart than this, in tokens for each, belong together no more. */
const MOST_APART = 6;

/** A phrasing in a window, with what it can agree and oppose at most there. */
type Prospect = { phrase: Phrase; window: Window; agreed: number; opposed: number };

/** Looks for all phrasings of one point in all windows of the answer. */
export function matchPoint(phrases: readonly Phrase[], passage: Passage): PointMatch {
  const point: PointMatch = { raw: 0, mean: 0, against: 0, best: undefined, opponent: undefined };
  let few: number[] = [];
  const prospects = phrases
    .map((phrase) => prospectsOf(phrase, passage))
    .sort((one, other) => (other[0]?.agreed ?? 0) - (one[0]?.agreed ?? 0));
  for (const places of prospects) {
    let top = 0;
    for (const { phrase, window, agreed, opposed } of places) {
      const isHigh = agreed > Math.max(top, few[BEST_FEW - 1] ?? 0);
      if (!isHigh && opposed <= Math.max(point.against, FAINT)) continue;
      const match = matchPhrase(phrase, window, passage);
      const value = match.recall * window.factor;
      const against = match.opposed * window.factor;
      top = Math.max(top, value);
      if (value > point.raw) Object.assign(point, { raw: value, best: match });
      if (against > point.against) Object.assign(point, { against, opponent: match });
    }
    few = [...few, top].sort((a, b) => b - a).slice(0, BEST_FEW);
  }
  return { ...point, mean: isFormula(point.best) ? point.raw : mean(few) };
}

/** A formula that was met nearly whole: nobody writes it in words as well. */
function isFormula(match: Match | undefined): boolean {
  if (!match || match.recall < FORMULA.recall) return false;
  const { tokens } = match.phrase;
  return tokens.filter(({ kind }) => kind === 'operator').length >= FORMULA.operators;
}

/** The windows that hold most of a phrasing, the best first; few, since a closer look is dear. */
export function prospectsOf(phrase: Phrase, passage: Passage): Prospect[] {
  const total = wanted(phrase);
  const most = boundOf(phrase, passage, LEAST_SAID * total);
  if (!most) return [];
  return passage.windows
    .map((window) => ({ window, sum: most(window) }))
    .filter(({ sum }) => sum >= LEAST_SAID * total)
    .map(({ window, sum }) => ({
      phrase,
      window,
      agreed: (sum / total + MIRRORED_GAIN) * window.factor,
      opposed: (SWAP_FACTOR * sum * window.factor) / Math.min(total, LEAST_OPPOSED),
    }))
    .sort((one, other) => other.agreed - one.agreed)
    .slice(0, WINDOWS);
}

/**
 * The weight that each window can hold of a phrasing at most, by a function from the window: a cheap bound that spares most
 * of the work. Undefined when not even the whole answer holds the least share.
 */
function boundOf(
  phrase: Phrase,
  passage: Passage,
  least: number,
): ((window: Window) => number) | undefined {
  const hits = phrase.tokens.flatMap((token) => {
    const { agreeing } = passage.find(token);
    return agreeing.length > 0 ? [{ weight: token.weight, agreeing }] : [];
  });
  const most = hits.reduce(
    (sum, { weight, agreeing }) => sum + weight * (agreeing[0]?.fit ?? 0),
    0,
  );
  if (most < least) return undefined;
  return ({ from, to }) => {
    let sum = 0;
    for (const { weight, agreeing } of hits) {
      // The best fits come first.
      for (const { at, fit } of agreeing) {
        if (at < from || at >= to) continue;
        sum += weight * fit;
        break;
      }
    }
    return sum;
  };
}

/** Looks for one phrasing in one window. */
export function matchPhrase(phrase: Phrase, window: Window, passage: Passage): Match {
  const found = findAll(phrase, window, passage);
  const total = wanted(phrase);
  const said = share(found, total);
  const as = (recall: number, opposed: number, kept = found): Match => ({
    phrase,
    recall,
    opposed,
    window,
    found: kept,
  });
  if (said < LEAST_SAID) return as(0, 0);
  if (said < WORTH_DOUBTING) return as(said, 0);
  const { tokens, mirrored, isSwap, denied, deniedVerbatim } = findOpposition({
    phrase,
    found,
    window,
    passage,
  });
  if (tokens.size > 0) {
    const kept = found.filter(({ token }) => !tokens.has(token));
    const rest = weigh(phrase.tokens.filter((token) => !tokens.has(token)));
    const opposed = isSwap
      ? SWAP_FACTOR * share(found, Math.max(phrase.total, LEAST_OPPOSED))
      : share(kept, Math.max(rest, LEAST_OPPOSED));
    return as(share(kept, total) * OPPOSED_FACTOR, opposed, kept);
  }
  if (mirrored) return as(Math.min(1, share(found, phrase.total) + MIRRORED_GAIN), 0);
  const opposed = deniedVerbatim >= 0.5 ? denialStrength(found, phrase) : 0;
  return as(Math.min(1, said) * Math.max(0, 1 - DENIAL_SLOPE * denied), opposed);
}

/**
 * How surely a denial contradicts the phrasing. It takes three words; and a plain statement contradicts a phrasing with
 * "not" less surely than a denial contradicts a plain phrasing, since it may speak of another thing.
 */
function denialStrength(found: readonly Found[], phrase: Phrase): number {
  if (new Set(found.map(({ at }) => at)).size < 3) return 0;
  const plainStatement = found.some(({ token }) => token.polarity === -1);
  return share(found, Math.max(phrase.total, LEAST_OPPOSED)) * (plainStatement ? PLAIN_FACTOR : 1);
}

/**
 * The weight that counts as the whole phrasing: nobody repeats each word of a long one.
 *
 *     wanted = total, at least 2; beyond 3: 3 · (total / 3)^0.85
 */
function wanted({ total }: Phrase): number {
  return total <= 3 ? Math.max(total, LEAST_TOTAL) : 3 * (total / 3) ** 0.85;
}

/** The best place for each token of the phrasing; one place serves two tokens only for one word group. */
function findAll(phrase: Phrase, window: Window, passage: Passage): Found[] {
  const taken = new Map<number, number>();
  const found: Found[] = [];
  for (const token of phrase.tokens) {
    let best: Hit | undefined;
    let most = 0;
    for (const hit of passage.find(token).agreeing) {
      if (hit.at < window.from || hit.at >= window.to) continue;
      const by = taken.get(hit.at);
      const fit =
        by === undefined || (by === hit.via && by !== 0) ? hit.fit : hit.fit * TAKEN_FACTOR;
      if (fit <= most) continue;
      best = hit;
      most = fit;
    }
    if (!best) continue;
    taken.set(best.at, best.via);
    found.push({ at: best.at, fit: most, via: best.via, token });
  }
  return found.map((hit) =>
    isTornApart(hit, found, phrase) ? { ...hit, fit: hit.fit * TORN_FACTOR } : hit,
  );
}

/** A word of a word group that was met alone, or far from its partners: "compute … limited" is not "compute-bound". */
function isTornApart(hit: Found, found: readonly Found[], phrase: Phrase): boolean {
  const { group, line, groupConcepts } = hit.token;
  if (group === undefined || groupConcepts.includes(hit.via)) return false;
  const isPartner = (token: PhraseToken) => token.group === group && token.line === line;
  const met = found.filter(({ token }) => isPartner(token));
  return (
    met.length < phrase.tokens.filter(isPartner).length ||
    met.some(({ at }) => Math.abs(at - hit.at) > TOGETHER)
  );
}

function share(found: readonly Found[], total: number): number {
  return total <= 0
    ? 0
    : found.reduce((sum, { token, fit }) => sum + token.weight * fit, 0) / total;
}

function weigh(tokens: readonly PhraseToken[]): number {
  return tokens.reduce((sum, { weight }) => sum + weight, 0);
}

/** How far apart the words of a match stand: tokens from the first to the last for each place, at most 6, as a share of 6. */
export function apartness({ found }: Match): number {
  const places = new Set(found.map(({ at }) => at));
  if (places.size < 2) return 0;
  const span = Math.max(...places) - Math.min(...places);
  return Math.min(1, span / places.size / MOST_APART);
}
