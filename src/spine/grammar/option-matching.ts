import words from '../../../data/sentence-words.json' with { type: 'json' };
import type { Command, Option } from '../command.ts';
import { looksLike } from './values.ts';

/** A word of a line, or several that quotes keep together. */
export type Token = { text: string; quoted: boolean };

/** Tells whether a list of `suggest.ts` knows these words. */
export type OptionMatcher = (list: string, words: string) => boolean;

/** Words that one option takes together, at the most: `nvidia rtx 6000 ada generation` is five. */
const MAX_RUN = 6;

/** Characters of the longest value that is typed without a name. */
const MAX_VALUE = 200;

/** Words that carry no value beside those that do: `llama 70b on two h100 with 32k`. */
export const STOPWORDS = new Set(words.stop.split(' '));

/** Words that are to be given to the options of a command. */
export type ParseState = {
  command: Command;
  words: Token[];
  raw: ReadonlyMap<string, string>;
  recognize: OptionMatcher;
};

/** Words that one option takes together, and the value that they say. */
export type OptionMatch = { option: Option; length: number; text: string };

/** The longest run of words from here on that an option recognizes; the first option of several. */
export function longestMatch(placing: ParseState, at: number): OptionMatch | undefined {
  const { command, words, raw } = placing;
  const most = Math.min(MAX_RUN, words.length - at);
  const runs = Array.from({ length: most }, (_, index) => joined(words, at, index + 1));
  let best: OptionMatch | undefined;
  for (const option of command.options) {
    if (raw.has(option.name)) continue;
    for (let length = most; length > (best?.length ?? 0); length -= 1) {
      const text = valueIn(option, { at, length, words: runs[length - 1] ?? '' }, placing);
      if (text === undefined) continue;
      best = { option, length, text };
      break;
    }
  }
  return best;
}

/** The value of an option in words that are its value, or its value beside what it is called. */
function valueIn(
  option: Option,
  { at, length, words }: { at: number; length: number; words: string },
  placing: ParseState,
): string | undefined {
  if (words.length > MAX_VALUE) return undefined;
  const isKnown = (text: string) => isValueOf(option, text, placing.recognize);
  // In `on two h100` the word stands before a card; in `setup on` it is all that is said.
  const isLast = at + length === placing.words.length;
  const isChoice = option.kind === 'enum' || option.kind === 'boolean';
  if (isChoice && !isLast && STOPWORDS.has(words.toLowerCase())) return undefined;
  if (option.kind === 'boolean') {
    if (words.toLowerCase() === option.name) return 'yes';
    // A `1` is a yes beside its name; by itself it is a number.
    return isKnown(words) && !/^\d$/.test(words) ? words : undefined;
  }
  // A second card is no number of tokens.
  if (/count|int/.test(option.kind) && /^\d+$/.test(words) && isCard(words, placing))
    return undefined;
  if (isKnown(words)) return words;
  const [, before, glued, behind] = besideName(option).exec(words) ?? [];
  const value = before ?? glued ?? behind;
  // Beside its name a number is meant for the option also where it is out of range.
  const isNumber = option.kind === 'number' && /^[-+]?[\d.]+%?$/.test(value ?? '');
  const isPerson = option.kind === 'person' && before !== undefined && isName(before, placing);
  if (value === undefined || !(isNumber || isPerson || isKnown(value))) return undefined;
  if (behind === undefined) return value;
  // `16k batch 2`, `llama 70b draft llama 1b`: a name in the singular belongs to what follows it.
  const follows = [1, 2, 3, 4].some((count) => isKnown(joined(placing.words, at + length, count)));
  if (follows && !words.endsWith('s')) return undefined;
  return option.kind !== 'string' && isNameToo(option, value, placing) ? undefined : value;
}

/** Tells whether words name a card, for a command that takes one. */
export function isCard(
  words: string,
  { command, recognize }: Pick<ParseState, 'command' | 'recognize'>,
) {
  const takesCards = command.options.some(({ suggests }) => suggests === 'gpus');
  return takesCards && recognize('gpus', words);
}

function isValueOf(option: Option, text: string, recognize: OptionMatcher): boolean {
  if (text === '') return false;
  return looksLike(option, text) || (option.suggests ? recognize(option.suggests, text) : false);
}

/** `with Mira` names somebody; `with coaching` is a value of another option. */
function isName(word: string, { command, recognize }: ParseState): boolean {
  const isOther = command.options.some(
    (each) => isValueOf(each, word, recognize) || [each.name, ...(each.words ?? [])].includes(word),
  );
  return /^\p{L}[\p{L}'’-]+$/u.test(word) && !STOPWORDS.has(word.toLowerCase()) && !isOther;
}

/** In `4090 context` the number is a card, which needs no name beside it. */
function isNameToo(
  option: Option,
  value: string,
  { command, raw, recognize }: ParseState,
): boolean {
  return command.options.some(
    (other) =>
      other !== option &&
      other.kind === 'string' &&
      other.suggests !== undefined &&
      !raw.has(other.name) &&
      isValueOf(other, value, recognize),
  );
}

const BESIDE = new WeakMap<Option, RegExp>();

/** `batch 16`, `tp8`, `16 users`: the name before, glued to digits, or behind. */
function besideName(option: Option): RegExp {
  const known = BESIDE.get(option);
  if (known) return known;
  // The longest first: `batch size 4` is not `batch` with the value `size 4`.
  const names = [option.name, ...(option.words ?? [])]
    .sort((a, b) => b.length - a.length)
    .join('|')
    .replaceAll('.', '\\.');
  const made = new RegExp(
    `^(?:${names}) (.+)$|^(?:${names})(\\d.*)$|^(.+?) ?(?:${names})s?$`,
    'is',
  );
  BESIDE.set(option, made);
  return made;
}

function joined(loose: Token[], at: number, length: number): string {
  return loose
    .slice(at, at + length)
    .map((token) => token.text)
    .join(' ');
}
