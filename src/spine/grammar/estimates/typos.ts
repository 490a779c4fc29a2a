import { distance } from 'fastest-levenshtein';
import type { Command } from '../../command.ts';
import type { OptionMatcher } from '../option-matching.ts';
import { nearestWord } from '../sentence-words.ts';
import { ASKED_WORDS } from './lexicon.ts';
import type { Piece } from './pieces.ts';
import { vocabularyOf } from './vocabulary.ts';

const WORD = /^([a-z]{4,20})(\d[\d.]*)?$/;

/** Numbers in words, before what only a number stands before: `two nodes`. */
const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** The same words with misspelt labels and families of models put right, where that makes a phrase or a model. */
export function corrected(
  command: Command,
  pieces: readonly Piece[],
  recognize: OptionMatcher,
): Piece[] {
  const vocabulary = vocabularyOf(command);
  const texts = pieces.map(({ text }) => text);
  const families = spelledFamilies(texts, recognize);
  return pieces.map((piece, at) => {
    const { key, quoted } = piece;
    const as = (text: string) => ({ ...piece, text, key: text.toLowerCase(), typed: piece.text });
    const counted = vocabulary.get(pieces[at + 1]?.key ?? '');
    const number = NUMBERS.indexOf(key) + 1;
    if (number > 0 && counted?.of === 'number' && counted.isBehind) return as(String(number));
    if (quoted || vocabulary.has(key)) return piece;
    // `4bti`: letters of a short word in another order.
    if (/^\d-?(?:bti|ibt)s?$/.test(key)) return as(`${key[0]}bit`);
    const owner = key.replace(/['’]s$/, '');
    if (owner !== key) return { ...piece, text: owner, key: owner };
    if (!WORD.test(key) || recognize('models', key)) return piece;
    const near = nearestWord(key, ASKED_WORDS);
    if (near !== undefined && vocabulary.has(near)) return as(near);
    const family = families[at];
    return family === undefined || family === texts[at] ? piece : as(family);
  });
}

/** Words with families of models spelled right: `lama 3.1 8b` is a Llama, since there is one of that version and size. */
export function spelledFamilies(words: readonly string[], recognize: OptionMatcher): string[] {
  return words.map((word, at) => family(words, at, recognize) ?? word);
}

function family(
  words: readonly string[],
  at: number,
  recognize: OptionMatcher,
): string | undefined {
  const [, typed = '', version = ''] = WORD.exec(words[at]?.toLowerCase() ?? '') ?? [];
  if (typed === '' || at + 1 === words.length || !recognize('families', typed)) return undefined;
  for (const name of FAMILIES) {
    if (name === typed || !isNear(typed, name)) continue;
    for (const length of [3, 2]) {
      const run = [name + version, ...words.slice(at + 1, at + length)];
      const isStated = run.slice(1).some((word) => /\d/.test(word));
      if (run.length === length && isStated && recognize('models', run.join(' ')))
        return name + version;
    }
  }
  return undefined;
}

/** A letter of four may be another too, where the rest is a model's: `quen3 32b`. */
const isNear = (typed: string, name: string) =>
  nearestWord(typed, [name]) !== undefined || distance(typed, name) === 1;

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
