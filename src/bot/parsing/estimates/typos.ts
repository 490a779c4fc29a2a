import type { Command } from '../../command.ts';
import type { OptionMatcher } from '../option-matching.ts';
import { nearestWord } from '../sentence-words.ts';
import { ASKED_WORDS } from './lexicon.ts';
import type { Piece } from './pieces.ts';
import { vocabularyOf } from './vocabulary.ts';

const WORD = /^[a-z]{4,20}$/;

/** The same words with misspelt labels and families of models put right, where that makes a phrase or a model. */
export function corrected(
  command: Command,
  pieces: readonly Piece[],
  recognize: OptionMatcher,
): Piece[] {
  const vocabulary = vocabularyOf(command);
  return pieces.map((piece, at) => {
    const { key, quoted } = piece;
    if (quoted || !WORD.test(key) || vocabulary.has(key) || recognize('models', key)) return piece;
    const near = nearestWord(key, ASKED_WORDS);
    if (near !== undefined && vocabulary.has(near)) return { ...piece, text: near, key: near };
    return family(pieces, at, recognize) ?? piece;
  });
}

/** `lama 3.1 8b` is a Llama, since there is one of that version and size. */
function family(pieces: readonly Piece[], at: number, recognize: OptionMatcher): Piece | undefined {
  const [piece, next] = pieces.slice(at, at + 2);
  if (!piece || !next || !recognize('families', piece.key)) return undefined;
  for (const name of FAMILIES) {
    if (nearestWord(piece.key, [name]) === undefined) continue;
    for (const length of [3, 2]) {
      const words = [name, ...pieces.slice(at + 1, at + length).map(({ text }) => text)];
      const isTold = words.slice(1).some((word) => /\d/.test(word));
      if (words.length === length && isTold && recognize('models', words.join(' ')))
        return { ...piece, text: name, key: name };
    }
  }
  return undefined;
}

/** Families that people type often enough to misspell. */
const FAMILIES = [
  'llama',
  'gemma',
  'mistral',
  'mixtral',
  'deepseek',
  'qwen',
  'minimax',
  'nemotron',
  'kimi',
  'devstral',
  'granite',
  'falcon',
];
