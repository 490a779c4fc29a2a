import words from '../../../../data/estimate-words.json' with { type: 'json' };
import type { Command, Option } from '../../command.ts';
import { ASKING } from './asked.ts';
import { BEHIND, FILLERS, MEANS, WITHOUT_EFFECT } from './lexicon.ts';
import type { Piece } from './pieces.ts';

/** Words that a command knows: the label of an option, a choice of one, or filler. */
export type Phrase = {
  /** A label says what stands beside it: a number, or a name of a list. */
  of: 'number' | 'name' | 'choice' | 'filler';
  /** Options that it may be for, the first one as a rule. */
  options: readonly string[];
  /** Of a choice; of a label that nothing stands beside, the choice that it is then. */
  value?: string;
  choice?: { option: string; value: string };
  isBehind?: boolean;
  why?: string;
  /** Of a filler that asks for something, which the answer must explain. */
  asks?: true;
};

/** No options of a command: how many machines, and how many GPUs, which multiply what is named beside them. */
export const NODES = '#nodes';
export const COUNT = '#count';

type Vocabulary = ReadonlyMap<string, Phrase>;

const MADE = new WeakMap<Command, Vocabulary>();

/** The most words of a phrase. */
const MAX_RUN = 4;

/** All phrases of a command, made once. */
export function vocabularyOf(command: Command): Vocabulary {
  const known = MADE.get(command);
  if (known) return known;
  const made = new Map<string, Phrase>();
  for (const word of ASKING) made.set(word, { of: 'filler', options: [], asks: true });
  for (const word of [...FILLERS, command.name]) made.set(word, { of: 'filler', options: [] });
  for (const { why, phrases, hasNumber } of WITHOUT_EFFECT)
    for (const phrase of phrases)
      if (hasNumber) addLabel(made, phrase, { of: 'number', options: [], why });
      else made.set(phrase, { of: 'filler', options: [], why });
  for (const word of ['nodes', 'servers', 'machines'])
    made.set(word, { of: 'number', options: [NODES], isBehind: true });
  for (const option of command.options) addOption(made, option);
  for (const option of command.options) addChoices(made, option);
  for (const { phrase, option, value } of MEANS)
    if (command.options.some(({ name }) => name === option))
      made.set(phrase, { of: 'choice', options: [option], value });
  MADE.set(command, made);
  return made;
}

/** The longest phrase that begins here. */
export function phraseAt(
  vocabulary: Vocabulary,
  pieces: readonly Piece[],
  at: number,
): { phrase: Phrase; length: number } | undefined {
  for (let length = Math.min(MAX_RUN, pieces.length - at); length > 0; length -= 1) {
    const words = pieces.slice(at, at + length);
    const phrase = vocabulary.get(words.map(({ key }) => key).join(' '));
    if (phrase && words.every(({ quoted }) => !quoted)) return { phrase, length };
  }
  return undefined;
}

/** Options that only their name can fill: a free word is never `show` or a file. */
const BY_NAME: ReadonlySet<string> = new Set(words.byName);

function addOption(made: Map<string, Phrase>, { name, kind, suggests, words = [] }: Option): void {
  if (BY_NAME.has(name)) return;
  const isNumber =
    kind === 'count' ||
    kind === 'int' ||
    kind === 'number' ||
    suggests === 'amounts' ||
    suggests === 'parameters';
  if (!isNumber && suggests === undefined) return;
  for (const word of [name, ...words]) {
    const phrase: Phrase = { of: isNumber ? 'number' : 'name', options: [name] };
    addLabel(made, word.replaceAll('-', ' '), phrase);
    addLabel(made, word, phrase);
    // As in code: `max_model_len`.
    addLabel(made, word.replaceAll(/[- ]/g, '_'), phrase);
  }
}

/** Requests in some time, whose number stands in front. */
const RATE = /^(?:requests|queries) (?:per|a) /;

function addLabel(made: Map<string, Phrase>, words: string, phrase: Phrase): void {
  const last = words.split(' ').at(-1) ?? '';
  const isBehind = BEHIND.has(last) || RATE.test(words);
  for (const each of [
    words,
    ...(words.endsWith('s') || phrase.of !== 'number' || words.length < 3 ? [] : [`${words}s`]),
  ]) {
    const known = made.get(each);
    if (known && known.of !== 'filler' && known.why === undefined) continue;
    // `8 experts` are the model's, and no ranks of `expert`.
    const isOther = each !== words && known?.of === 'number' && known.why !== undefined;
    made.set(each, {
      ...phrase,
      ...(isOther ? { why: known.why } : {}),
      ...(isBehind ? { isBehind } : {}),
    });
  }
}

/** Choices that say something only beside their option's name. */
const UNCLEAR: ReadonlySet<string> = new Set(words.unclear);

function addChoices(
  made: Map<string, Phrase>,
  { name, kind, choices = [], also = {} }: Option,
): void {
  if (kind === 'boolean' && name !== 'private')
    made.set(name, { of: 'choice', options: [name], value: 'yes' });
  if (kind !== 'enum' || name === 'show') return;
  for (const word of [...choices, ...Object.keys(also)]) {
    if (UNCLEAR.has(word)) continue;
    const known = made.get(word);
    const choice = { option: name, value: word };
    if (known?.of === 'number' || known?.of === 'name') made.set(word, { ...known, choice });
    else if (known?.of !== 'choice') made.set(word, { of: 'choice', options: [name], value: word });
  }
}
