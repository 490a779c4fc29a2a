import { CLAUSE_OPENERS, TELLING } from './function-words.ts';
import { type Concept, expand, type Lexicon, stepOver, type Trie } from './lexicon.ts';
import { normalise } from './normalise.ts';
import { type Polarity, polarities } from './polarity.ts';
import { scan, type Token } from './tokens.ts';

/** A side of a scale as it is meant, denials worked in: "does not grow" is down. */
export type Side = { scale: string; up: boolean };

/** A token with everything that matching asks of it. */
export type MarkedToken = Token & {
  polarity: Polarity;
  /** A denial stands right before it. */
  isDeniedHead: boolean;
  /** Meanings of the word group that this token belongs to. */
  concepts: readonly Concept[];
  sides: readonly Side[];
  /** Words of one word group of the lexicon ("memory bandwidth") share this number. */
  group: number | undefined;
  /** Meanings that the whole group carries. */
  groupConcepts: readonly number[];
  /** Stem of the noun that a bare number counts. */
  counts: string | undefined;
};

/** Reads one sentence: tokens, denials and the meanings of word groups. */
export function annotate(sentence: string, lexicon: Lexicon): MarkedToken[] {
  return mark(readTokens(sentence, lexicon), lexicon);
}

/** The same for a sentence in pieces, with the number of tokens of each piece. */
export function annotatePieces(
  pieces: readonly string[],
  lexicon: Lexicon,
): { tokens: MarkedToken[]; lengths: number[] } {
  const read = pieces.map((piece) => readTokens(piece, lexicon));
  return { tokens: mark(read.flat(), lexicon), lengths: read.map(({ length }) => length) };
}

function readTokens(text: string, lexicon: Lexicon): Token[] {
  return scan(normalise(expand(text, lexicon.shorthand)), lexicon.stem);
}

function mark(tokens: readonly Token[], lexicon: Lexicon): MarkedToken[] {
  const { polarity, heads } = polarities(tokens);
  const { concepts, groups, wide } = conceptsOf(tokens, lexicon);
  const named = tokens.map((token, i) => sidesNamed(token, concepts[i] ?? []));
  return tokens.map((token, i): MarkedToken => {
    const meanings = concepts[i] ?? [];
    const said = polarity[i] ?? 1;
    // Field by field, since all tokens must be of one shape to be read fast.
    return {
      text: token.text,
      stem: token.stem,
      kind: token.kind,
      stop: (token.stop && !TELLING.has(token.text)) || comparesNext(tokens, named, i),
      article: token.article,
      quantities: token.quantities,
      polarity: said,
      isDeniedHead: heads.has(i),
      concepts: meanings,
      sides: sidesReferredTo(tokens, named, i, said),
      group: groups[i],
      groupConcepts: wide[i] ?? [],
      counts: countedNoun(tokens, i),
    };
  });
}

/** Whether a token can be a point of content: not grammar, not punctuation. */
export function isContent(token: MarkedToken): boolean {
  return !token.stop && token.kind !== 'mark';
}

function conceptsOf(
  tokens: readonly Token[],
  { groups: begin }: Lexicon,
): { concepts: (readonly Concept[])[]; groups: (number | undefined)[]; wide: number[][] } {
  const found: (readonly Concept[])[] = tokens.map(() => []);
  const groups: (number | undefined)[] = tokens.map(() => undefined);
  const wide: number[][] = tokens.map(() => []);
  for (let start = 0; start < tokens.length; start += 1) {
    if (tokens[start]?.article) continue;
    let at: Trie | undefined;
    for (let i = start; i < tokens.length && (at || i === start); i += 1) {
      const token = tokens[i];
      if (!token || token.article) continue;
      if (token.kind === 'mark') break;
      at = at ? stepOver(at, token.stem) : begin(token.stem);
      if (!at || at.concepts.length === 0) continue;
      for (let j = start; j <= i; j += 1) {
        if (tokens[j]?.article) continue;
        // Most words have the meanings of one group, and share its list.
        const known = found[j] ?? [];
        found[j] = known.length > 0 ? [...known, ...at.concepts] : at.concepts;
        if (i === start) continue;
        groups[j] ??= start;
        wide[j]?.push(...at.concepts.map(({ id }) => id));
      }
    }
  }
  return { concepts: found, groups, wide };
}

function countedNoun(tokens: readonly Token[], i: number): string | undefined {
  if (tokens[i]?.kind !== 'number') return undefined;
  const next = tokens.slice(i + 1, i + 3).find((token) => token.kind !== 'word' || !token.stop);
  return next?.kind === 'word' ? next.stem : undefined;
}

type NamedSide = NonNullable<Concept['side']>;
type NamedSides = readonly (readonly NamedSide[])[];

function sidesNamed({ text }: Token, concepts: readonly Concept[]): NamedSide[] {
  const named: NamedSide[] = [];
  for (const { side } of concepts)
    if (side && (side.forms?.includes(text) ?? true)) named.push(side);
  return named;
}

function isAmount(sides: readonly NamedSide[]): boolean {
  return sides.some(({ scale }) => scale === 'amount');
}

const COMPARING = new Set(['more', 'less', 'most']);

/** "More" and "less" act on the word that they stand before. */
function comparesNext(tokens: readonly Token[], named: NamedSides, i: number): boolean {
  return COMPARING.has(tokens[i]?.text ?? '') && (named[i + 1]?.length ?? 0) > 0;
}

/** Works denials into the sides that a word names. */
function sidesReferredTo(
  tokens: readonly Token[],
  named: NamedSides,
  i: number,
  polarity: Polarity,
): Side[] {
  const own = named[i] ?? [];
  const text = tokens[i]?.text ?? '';
  if (own.length === 0 || comparesNext(tokens, named, i)) return [];
  // "Falls more": the verb has said which way.
  if (COMPARING.has(text) && named.slice(Math.max(0, i - 2), i).some(isAmount)) return [];
  if (polarity === 0 || CLAUSE_OPENERS.has(text)) return [];
  const turned = (polarity === -1) !== (tokens[i - 1]?.text === 'less');
  const scales = new Map(own.map((side) => [side.scale, side.up !== turned]));
  const meant = [...scales].map(([scale, up]) => ({ scale, up }));
  // What does not rise or fall stays the same.
  return turned && isAmount(own) ? [...meant, { scale: 'sameness', up: true }] : meant;
}
