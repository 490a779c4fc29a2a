import type { Passage } from './passage.ts';
import { isContent, type MarkedToken } from './text/annotate.ts';
import { FUNCTION_WORDS } from './text/function-words.ts';

/** Words that make a statement of the terms around them, whatever their verb. */
const LINKING = new Set(
  (
    'is are was were be been being am do does did done have has had having will would can could shall should may might must ' +
    'not no never if so because when while since then but than which who that it its you we they i u'
  ).split(' '),
);
const STATING = new Set(['=', '->', ':', '<', '>', '+', '-', '*', '^']);
/** "Cache" and "query" are nouns as well; "cached" and "queries" mostly say something. */
const INFLECTED = /(?:s|ed|ing)$/;
/** Forms of verbs that name a thing: "sharding", "quantization", "scheduler". */
const NOUN = /(?:ing|ion|er)$/;
/** So many words in a row without a word of grammar are a list of terms, also without commas. */
const RUN = 12;
/** So many pieces behind a colon that state nothing are a list, and the colon is its heading's. */
const LIST = 2;

/**
 * In how many pieces commas, slashes and line ends cut an answer, the share of its words in those that state nothing, and
 * its signs that make a statement of terms.
 */
export function listOf({ sentences, tokens, lexicon }: Passage): {
  pieces: number;
  listed: number;
  signs: number;
} {
  let all = 0;
  let count = 0;
  let listed = 0;
  const states = (piece: readonly MarkedToken[], isSign: (text: string) => boolean) =>
    piece.some(
      ({ kind, text, stem }) =>
        kind === 'operator' ||
        isSign(text) ||
        LINKING.has(text) ||
        (lexicon.verbs.has(stem) && INFLECTED.test(text)),
    );
  for (const { from, to } of sentences) {
    const pieces = cutAt(tokens.slice(from, to), isComma);
    count += pieces.filter((piece) => piece.some(isContent)).length;
    const bare = pieces.map((piece) => !states(piece, () => false));
    for (const [i, piece] of pieces.entries()) {
      const words = piece.filter((token) => isContent(token) && token.kind === 'word').length;
      const heads =
        bare.slice(i, i + 1 + LIST).length > LIST && bare.slice(i, i + 1 + LIST).every(Boolean);
      all += words;
      if (heads || !states(piece, (text) => STATING.has(text))) listed += words;
    }
  }
  const signs = tokens.filter(({ kind, text }) => kind === 'operator' || STATING.has(text)).length;
  return { pieces: count, listed: all === 0 ? 0 : listed / all, signs };
}

/** Term after term without a comma, a verb or a word of grammar. */
export function hasRunOfTerms({ sentences, tokens, lexicon }: Passage): boolean {
  return sentences.some(({ from, to }) => {
    let run = 0;
    return tokens.slice(from, to).some(({ kind, text, stem }) => {
      const ends =
        kind !== 'word' ||
        FUNCTION_WORDS.has(text) ||
        (lexicon.verbs.has(stem) && !NOUN.test(text));
      run = ends ? 0 : run + 1;
      return run >= RUN;
    });
  });
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

function isComma({ kind, text }: MarkedToken): boolean {
  return (kind === 'mark' && !STATING.has(text)) || text === '/';
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));
const OPENERS = words('the a an of for from with by at into between per via through without');
/** What cannot stand behind an article or a preposition in an English sentence. */
const CLOSERS = words(
  'is are was were has have does do can will must may would could should and or but because than of',
);

/** Share of articles and prepositions that have something behind them that never stands there: scrambled words. */
export function oddShare({ sentences, tokens }: Passage): number {
  let all = 0;
  let odd = 0;
  for (const { from, to } of sentences) {
    const line = tokens.slice(from, to);
    for (const [i, { text, kind }] of line.entries()) {
      if (kind !== 'word' || !OPENERS.has(text)) continue;
      all += 1;
      if (CLOSERS.has(line[i + 1]?.text ?? '')) odd += 1;
    }
  }
  return all < 6 ? 0 : odd / all;
}
