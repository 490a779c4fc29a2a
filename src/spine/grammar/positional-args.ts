import type { Command } from '../command.ts';
import { UserError } from '../errors.ts';
import {
  longestMatch,
  type OptionMatch,
  type OptionMatcher,
  type ParseState,
  STOPWORDS,
  type Token,
} from './option-matching.ts';
import { exampleOf } from './parse-errors.ts';
import { assignUnmatched, isFreeText, MODEL_SIZE, rejectUnspecifiedMac } from './unmatched-args.ts';

/** Words without a name that are looked at in a line: each may begin a value of each option. */
const MAX_WORDS = 60;

/**
 * Gives words without a name to the options that recognize the longest runs of them; the order of
 * the options only breaks ties. Returns the words that nothing recognized.
 *
 * @throws UserError for words that belong nowhere.
 */
export function assignPositionals(
  command: Command,
  loose: Token[],
  raw: Map<string, string>,
  recognize: OptionMatcher,
): string {
  // Where a text of one's own can stand, every word belongs to it.
  const hasFreeText = command.options.some((option) => isFreeText(option) && !raw.has(option.name));
  if (loose.length > MAX_WORDS && !hasFreeText) throw tooMany(command, loose.length);
  const words = hasFreeText ? loose.slice(0, MAX_WORDS) : loose.map(withoutStops);
  const unread = loose.slice(words.length).map(({ text }) => text);
  const placing = { command, words, raw, recognize };
  const left = [...placeRuns(placing), ...unread];
  const meant = (hasFreeText ? left : withoutFillers(left, placing)).join(' ');
  rejectUnspecifiedMac(placing, left);
  if (meant !== '') assignUnmatched(placing, meant);
  return meant;
}

function tooMany(command: Command, count: number): UserError {
  return new UserError([
    `That's ${count} words, and I can read ${MAX_WORDS} at a time. Keep only the values that matter.`,
    ...exampleOf(command),
  ]);
}

/** Gives every run that is recognized to its option; returns the words between them. */
function placeRuns(placing: ParseState & { raw: Map<string, string> }): string[] {
  const { words, raw } = placing;
  const left: string[] = [];
  let last: OptionMatch | undefined;
  for (let at = 0; at < words.length; ) {
    const best = longestMatch(placing, at);
    const word = words[at]?.text ?? '';
    if (best) {
      raw.set(best.option.name, withWordBefore(best, left, last));
    } else if (
      last?.option.suggests === 'models' &&
      (MODEL_SIZE.test(word) || VERSION.test(word))
    ) {
      // `falcon 180b` is another model than the `falcon` that is known.
      raw.set(last.option.name, `${last.text} ${word}`);
    } else {
      left.push(word);
    }
    at += best?.length ?? 1;
    last = best;
  }
  return left;
}

function withoutFillers(left: readonly string[], { command, raw }: ParseState): string[] {
  // `16 concurrent requests`: one of the words was enough to know the option.
  const said = command.options
    .filter(({ name }) => raw.has(name))
    .flatMap((option) => [option.name, ...(option.words ?? [])]);
  // `-m` of llama.cpp stands before the model.
  const isEmpty = (word: string) =>
    word === '' || /^-[a-z]$/.test(word) || STOPWORDS.has(word) || said.includes(word);
  return left.filter((word) => !isEmpty(word.toLowerCase()));
}

/** `lama 70b` is no 70b but a name that is misspelt: the word before a bare size belongs to it. */
function withWordBefore(run: OptionMatch, left: string[], last: OptionMatch | undefined): string {
  const before = left.at(-1) ?? '';
  const isName = /^[a-z][a-z-]{2,}$/i.test(before) && !STOPWORDS.has(before.toLowerCase());
  const isSize = run.option.suggests === 'models' && /^\d/.test(run.text);
  if (last || !isName || !isSize) return run.text;
  left.pop();
  return `${before} ${run.text}`;
}

/** `3.1`, `v0.3`: behind a model, its version. */
const VERSION = /^v?\d+\.\d+$/i;

function withoutStops(token: Token): Token {
  let end = token.text.length;
  while (!token.quoted && end > 0 && ',;?!'.includes(token.text.charAt(end - 1))) end -= 1;
  return { ...token, text: token.text.slice(0, end) };
}
