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

/** An answer cut at its sentences and at some signs. */
export function piecesOf(
  passage: Passage,
  isEnd: (token: MarkedToken) => boolean,
): MarkedToken[][] {
  const pieces: MarkedToken[][] = [];
  for (const tokens of linesOf(passage)) {
    let piece: MarkedToken[] = [];
    pieces.push(piece);
    for (const token of tokens) {
      if (!isEnd(token)) piece.push(token);
      else {
        piece = [];
        pieces.push(piece);
      }
    }
  }
  return pieces;
}

/** Share of the words that stand in pieces between commas which state nothing, 0 to 1. */
export function listedShare(passage: Passage): number {
  const isEnd = ({ kind, text }: MarkedToken) =>
    (kind === 'mark' && !STATING.has(text)) || text === '/';
  let all = 0;
  let listed = 0;
  for (const piece of piecesOf(passage, isEnd)) {
    const words = piece.filter((token) => isContent(token) && token.kind === 'word').length;
    all += words;
    if (!states(piece, passage.lexicon.verbs)) listed += words;
  }
  return all === 0 ? 0 : listed / all;
}

function states(piece: readonly MarkedToken[], verbs: ReadonlySet<string>): boolean {
  const isSign = ({ kind, text }: MarkedToken) => kind === 'operator' || STATING.has(text);
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
