/**
 * Words that ask for something. The answer to its own question explains them; for any other answer they are told as not
 * used, so that nobody takes it for what was asked.
 */
import words from '../../../../data/estimate-words.json' with { type: 'json' };
import type { Command } from '../../command.ts';
import { coerce } from '../values.ts';

const GROUPS: Readonly<Record<string, readonly string[]>> = words.groups;

/** By command, and by what it wants or is for; `@memory` stands for a group. */
const WORDS = new Map(
  Object.entries(words.answered).map(([key, list]) => [
    key,
    new Set(list.flatMap((each) => (each.startsWith('@') ? (GROUPS[each.slice(1)] ?? []) : each))),
  ]),
);

/** Beside a number with a place they ask for nothing: `max 8k context`, `6k per user`. */
const OF_NUMBER: ReadonlySet<string> = new Set(words.ofNumber);

/** All phrases that ask, and words that turn what is asked into something else. */
export const ASKING: ReadonlySet<string> = new Set([
  ...[...WORDS.values()].flatMap((list) => [...list]),
  ...OF_NUMBER,
  ...words.asking,
]);

/** Whether the answer of a command explains a word, whatever else is asked. */
export const isAnsweredBy = (command: string, word: string) =>
  WORDS.get(command)?.has(word) === true;

/** Whether a phrase asks for nothing where it stands behind or before a number with a place. */
export const isOfNumber = (phrase: string) => OF_NUMBER.has(phrase);

/** Words that the answer of a command explains, with these values. */
export function answeredBy(
  command: Command,
  raw: ReadonlyMap<string, string>,
): ReadonlySet<string> {
  const valueIn = (name: string) => {
    const option = command.options.find((each) => each.name === name);
    const text = raw.get(name);
    const read = option && text !== undefined ? coerce(option, text) : undefined;
    return read && 'value' in read ? String(read.value) : undefined;
  };
  const hasModel = ['model', 'config', 'file'].some((name) => raw.has(name));
  const open = !hasModel ? 'models' : raw.has('gpu') ? 'both' : 'smallest';
  const kind = {
    fit: valueIn('want') ?? open,
    vram: valueIn('for') ?? '',
    cost: raw.has('api-output') || raw.has('api-input') ? 'api' : raw.has('gpu') ? '' : 'open',
  }[command.name];
  return new Set([
    ...(WORDS.get(command.name) ?? []),
    ...(WORDS.get(`${command.name} ${kind}`) ?? []),
  ]);
}
