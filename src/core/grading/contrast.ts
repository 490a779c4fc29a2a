import { annotate, type MarkedToken } from './text/annotate.ts';
import { CLAUSE_OPENERS } from './text/function-words.ts';
import type { Lexicon } from './text/lexicon.ts';

/** Two things that a key point tells apart, each by the stems of its names; the point is about the first. */
export type Contrast = readonly [Names, Names];
type Names = readonly (readonly string[])[];

/** Which of the two a word is said of. */
export type Sides = ReadonlyMap<MarkedToken, 0 | 1>;

const PRONOUNS = new Set(['it', 'its', 'they', 'their', 'them']);
/** What stands behind these is only compared with: "smaller than BF16", "MBU, not MFU". */
const COMPARING = new Set(['than', 'unlike', 'not', 'versus', 'against']);
/** Behind these another thing may be spoken of. */
const JOINING = new Set(['and', 'or']);

/** A part of more words than this was not cut where it should be. */
const LONG = 14;

/** A contrast as the bank has it, `['prefill', 'decode/generation']`, ready to be looked for. */
export function readContrast(names: readonly [string, string], lexicon: Lexicon): Contrast {
  const stemsOf = (side: string) =>
    side.split('/').map((name) => annotate(name, lexicon).flatMap(stemIn));
  return [stemsOf(names[0]), stemsOf(names[1])];
}

const stemIn = ({ kind, article, stem }: MarkedToken) => (kind === 'mark' || article ? [] : stem);

/**
 * Of which of two things each word is said: of the one that its part of the sentence names first, else of the one spoken of
 * before, which a pronoun carries into the next sentence.
 *
 * @example "Prefill reads the prompt, so it sets TTFT. Decode sets TPOT.": "TTFT" is said of prefill, "TPOT" of decode.
 */
export function sidesOf(
  sentences: readonly (readonly MarkedToken[])[],
  contrast: Contrast,
): Map<MarkedToken, 0 | 1> {
  const sides = new Map<MarkedToken, 0 | 1>();
  let current: 0 | 1 | undefined;
  for (const tokens of sentences) {
    if (!tokens.slice(0, 2).some(({ text }) => PRONOUNS.has(text))) current = undefined;
    const waiting: MarkedToken[] = [];
    for (const part of partsOf(tokens)) {
      const { names, isBoth } = namesIn(part, contrast);
      // Speech without commas: a long run names one thing after the other.
      const isUncut = part.length > LONG && new Set(names).size !== 1;
      const isCarried = current !== undefined && PRONOUNS.has(part.find(isSubject)?.text ?? '');
      if (isBoth || isUncut) current = undefined;
      else if (!isCarried) current = names[0] ?? current;
      for (const token of part)
        if (current !== undefined) sides.set(token, current);
        else if (!isBoth && !isUncut) waiting.push(token);
    }
    // What comes before the first name is said of it too.
    if (current !== undefined) for (const token of waiting) sides.set(token, current);
  }
  return sides;
}

const isSubject = ({ kind, text }: MarkedToken) =>
  kind !== 'mark' && !CLAUSE_OPENERS.has(text) && !JOINING.has(text);

/** A sentence cut where another thing may be spoken of: at commas and words that join or open clauses. */
function partsOf(tokens: readonly MarkedToken[]): MarkedToken[][] {
  const parts: MarkedToken[][] = [[]];
  for (const token of tokens) {
    const cuts = token.kind === 'mark' ? token.text !== '->' : !isSubject(token);
    if (cuts && (parts.at(-1)?.some(isSubject) ?? false)) parts.push([]);
    parts.at(-1)?.push(token);
  }
  return parts;
}

/** Which of the two a part names, in order, but for what is only compared with; "prefill or decode" is both. */
function namesIn(
  part: readonly MarkedToken[],
  contrast: Contrast,
): { names: (0 | 1)[]; isBoth: boolean } {
  const names: (0 | 1)[] = [];
  for (let i = 0; i < part.length; i += 1) {
    const named = nameAt(part, i, contrast);
    if (!named) continue;
    if (!isCompared(part, i)) names.push(named.side);
    i += named.length - 1;
  }
  const isBoth = part.some(
    ({ text }, i) => text === '/' && nameAt(part, i + 1, contrast) && names.length > 1,
  );
  return { names, isBoth };
}

/** The longest name at a place. */
function nameAt(
  tokens: readonly MarkedToken[],
  at: number,
  contrast: Contrast,
): { side: 0 | 1; length: number } | undefined {
  let best: { side: 0 | 1; length: number } | undefined;
  for (const side of [0, 1] as const)
    for (const stems of contrast[side])
      if (
        stems.length > (best?.length ?? 0) &&
        stems.every((stem, i) => tokens[at + i]?.stem === stem)
      )
        best = { side, length: stems.length };
  return best;
}

function isCompared(tokens: readonly MarkedToken[], at: number): boolean {
  if (tokens[at]?.polarity === -1) return true;
  const before = tokens.slice(Math.max(0, at - 3), at).filter(({ article }) => !article);
  const [other, last] = before.slice(-2).map(({ text }) => text);
  return COMPARING.has(last ?? other ?? '') || (other === 'instead' && last === 'of');
}
