import { isContent, type MarkedToken } from './annotate.ts';
import { rarity } from './background.ts';
import { linesOf, type Passage } from './passage.ts';
import type { Polarity } from './polarity.ts';
import type { Background } from './types.ts';

/** What right wordings do with each word of the topic, by its handles. */
export type Stance = {
  /** Whether they deny it, state it, or both. */
  polarity: ReadonlyMap<string, ReadonlySet<Polarity>>;
  /** Which side of a scale they put next to it: "cache" and "smaller". */
  sides: ReadonlyMap<string, ReadonlySet<boolean>>;
  /** Share of their clauses that deny something. */
  denying: number;
};

/** So far apart, in tokens, a side and the word that it is said of may stand, and so many such words are taken. */
const REACH = 6;
const ANCHORS = 2;
/** A meaning of this strength is as good as the word. */
const SURE = 0.9;
const LEAST_WEIGHT = 0.2;
/** One denial in a short answer says little: it is taken for so many clauses. */
const LEAST_CLAUSES = 4;

/** What a word is known by when wordings are compared: its stem and the meanings that it surely has. */
export function handlesOf({ stem, concepts }: MarkedToken): string[] {
  const meanings = concepts.filter(
    ({ strength, side, seeks }) => strength >= SURE && !side && seeks === undefined,
  );
  return [stem, ...meanings.map(({ id }) => `#${id}`)];
}

/** How much it counts what becomes of a word. */
export function tellingWeight({ stem }: MarkedToken, background: Background | undefined): number {
  return Math.max(LEAST_WEIGHT, rarity(stem, background));
}

/** Collects what right sentences do with their words. */
export function stanceOf(sentences: readonly (readonly MarkedToken[])[]): Stance {
  const polarity = new Map<string, Set<Polarity>>();
  const sides = new Map<string, Set<boolean>>();
  for (const tokens of sentences) {
    for (const token of tokens.filter(isContent)) {
      for (const handle of handlesOf(token)) note(polarity, handle, token.polarity);
    }
    for (const { anchor, scale, up } of sidesIn(tokens)) {
      for (const handle of handlesOf(anchor)) note(sides, `${handle} ${scale}`, up);
    }
  }
  return { polarity, sides, denying: denyingClauses(sentences) };
}

/** How much larger the share of clauses that deny something is than in right wordings, 0 to 1. */
export function denyingShare({ denying }: Stance, passage: Passage): number {
  return Math.max(0, denyingClauses(linesOf(passage)) - denying);
}

function denyingClauses(sentences: readonly (readonly MarkedToken[])[]): number {
  const clauses = sentences.flatMap((tokens) => {
    const denies = new Map<number, boolean>();
    for (const { clause, polarity } of tokens.filter(isContent))
      denies.set(clause, denies.get(clause) === true || polarity === -1);
    return [...denies.values()];
  });
  return clauses.filter(Boolean).length / Math.max(LEAST_CLAUSES, clauses.length);
}

/**
 * Share of the topic's words that an answer denies where no right wording does, states where all deny, or puts next to
 * the other side of a scale, 0 to 1. Unlike the opposition to a single wording it needs no match: where every claim is
 * turned round, few wordings are met, and each of them only in part.
 */
export function turnedShare(
  { polarity, sides }: Stance,
  passage: Passage,
  background: Background | undefined,
): number {
  let told = 1;
  let turned = 0;
  for (const token of passage.tokens.filter(isContent)) {
    const known = handlesOf(token).flatMap((handle) => polarity.get(handle) ?? []);
    if (known.length === 0 || token.polarity === 0) continue;
    const weight = tellingWeight(token, background);
    told += weight;
    if (!known.some((said) => said.has(token.polarity) || said.has(0))) turned += weight;
  }
  for (const tokens of linesOf(passage)) {
    for (const { anchor, scale, up } of sidesIn(tokens)) {
      const known = handlesOf(anchor).flatMap((handle) => sides.get(`${handle} ${scale}`) ?? []);
      if (known.length > 0 && !known.some((said) => said.has(up)))
        turned += tellingWeight(anchor, background);
    }
  }
  return Math.min(1, turned / told);
}

/** Sides of scales in a sentence, each with the nearest words of content before and behind it. */
function sidesIn(
  tokens: readonly MarkedToken[],
): { anchor: MarkedToken; scale: string; up: boolean }[] {
  const isAnchor = (token: MarkedToken) =>
    isContent(token) && token.sides.length === 0 && token.kind !== 'operator';
  return tokens.flatMap((token, i) => {
    if (token.sides.length === 0) return [];
    const before = tokens.slice(Math.max(0, i - REACH), i).reverse();
    const behind = tokens.slice(i + 1, i + 1 + REACH);
    const anchors = [before, behind].flatMap((near) => near.filter(isAnchor).slice(0, ANCHORS));
    return anchors.flatMap((anchor) => token.sides.map(({ scale, up }) => ({ anchor, scale, up })));
  });
}

function note<T>(map: Map<string, Set<T>>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.add(value);
  else map.set(key, new Set([value]));
}
