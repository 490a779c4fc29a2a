import { isContent, type MarkedToken } from './annotate.ts';
import { linesOf, type Passage } from './passage.ts';

/** Words that make a statement of the terms around them, whatever their verb. */
const LINKING = new Set(
  'is are was were be been being am do does did done have has had having will would can could shall should may might must not no never if so because bc cuz when while since then but than which who that it its you we they i u'.split(
    ' ',
  ),
);
const STATING = new Set(['=', '->', ':', '<', '>', '+', '-', '*', '^']);
/** "Cache" and "query" are nouns as well; "cached" and "queries" mostly say something. */
const INFLECTED = /(?:s|ed|ing)$/;
/** A longer piece with less grammar than this strings terms together, even with a verb among them. */
const STRUNG = { tokens: 6, grammar: 0.12 };

/** Many short pieces, in tokens, with hardly any grammar, most of which state nothing even if some hold a sign. */
const TERMS = { words: 14, pieces: 8, length: 4, grammar: 0.135, listed: 0.6, signs: 0.25 };

/** Behind a colon so many pieces that state nothing are a list, and the colon is its heading's. */
const LIST = 2;

/** An answer cut at its sentences and at some signs. */
export function piecesOf(
  passage: Passage,
  isEnd: (token: MarkedToken) => boolean,
): MarkedToken[][] {
  return linesOf(passage).flatMap((tokens) => cutAt(tokens, isEnd));
}

function cutAt(
  tokens: readonly MarkedToken[],
  isEnd: (token: MarkedToken) => boolean,
): MarkedToken[][] {
  const pieces: MarkedToken[][] = [[]];
  for (const token of tokens) {
    if (isEnd(token)) pieces.push([]);
    else pieces.at(-1)?.push(token);
  }
  return pieces;
}

/** Share of the words that stand in pieces between commas which state nothing, 0 to 1. */
export function listedShare(passage: Passage): number {
  return shareOf(passage, () => false);
}

/** The same, where the heading of a list states nothing either: "Reflexion: memory, evaluator, trials". */
export function headedShare(passage: Passage): number {
  const { verbs } = passage.lexicon;
  return shareOf(passage, (piece, behind) => {
    const rest = piece.filter(({ text }) => text !== ':');
    return (
      behind.length >= LIST && ![rest, ...behind.slice(0, LIST)].some((each) => states(each, verbs))
    );
  });
}

/** Term after term between commas, an equation or two among them: "dead experts, stragglers, α = 0.01, router logits". */
export function isRunOfPieces(passage: Passage): boolean {
  const words = passage.tokens.filter(({ kind }) => kind === 'word');
  const signs = passage.tokens.filter((token) => isSign(token) && !isComma(token)).length;
  const pieces = linesOf(passage).flatMap((line) => cutAt(line, isComma));
  return (
    words.length >= TERMS.words &&
    pieces.length >= TERMS.pieces &&
    passage.tokens.length <= pieces.length * (TERMS.length + 1) &&
    words.filter(({ stop }) => stop).length < words.length * TERMS.grammar &&
    signs < pieces.length * TERMS.signs &&
    listedShare(passage) >= TERMS.listed
  );
}

function isComma({ kind, text }: MarkedToken): boolean {
  return (kind === 'mark' && !STATING.has(text)) || text === '/';
}

function shareOf(
  passage: Passage,
  isHeading: (piece: readonly MarkedToken[], behind: readonly MarkedToken[][]) => boolean,
): number {
  let all = 0;
  let listed = 0;
  for (const line of linesOf(passage)) {
    const pieces = cutAt(line, isComma);
    for (const [i, piece] of pieces.entries()) {
      const words = piece.filter((token) => isContent(token) && token.kind === 'word').length;
      const isListed =
        !states(piece, passage.lexicon.verbs) || isHeading(piece, pieces.slice(i + 1));
      all += words;
      if (isListed) listed += words;
    }
  }
  return all === 0 ? 0 : listed / all;
}

function isSign({ kind, text }: MarkedToken): boolean {
  return kind === 'operator' || STATING.has(text);
}

function states(piece: readonly MarkedToken[], verbs: ReadonlySet<string>): boolean {
  const says = piece.some(
    (token) =>
      LINKING.has(token.text) ||
      (verbs.has(token.stem) && INFLECTED.test(token.text)) ||
      isSign(token),
  );
  const grammar = piece.filter(({ stop }) => stop).length;
  const isStrung =
    piece.length >= STRUNG.tokens &&
    grammar / piece.length < STRUNG.grammar &&
    !piece.some(({ text }) => STATING.has(text));
  return says && !isStrung;
}
