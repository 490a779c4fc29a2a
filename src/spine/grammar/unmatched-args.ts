import type { Command, Option } from '../command.ts';
import { UserError } from '../errors.ts';
import type { Inline } from '../reply.ts';
import { isCard, type ParseState } from './option-matching.ts';
import { exampleOf } from './parse-errors.ts';

/** `180b`, `0.5B`, `30b-a3b`: nothing but a model has such a size. */
export const MODEL_SIZE = /^\d+(?:\.\d+)?b(?:-a\d+(?:\.\d+)?b)?$/i;

/**
 * What nothing recognized goes where it may belong, so that the error names the right option.
 *
 * @throws UserError when it belongs nowhere.
 */
export function assignUnmatched(
  placing: ParseState & { raw: Map<string, string> },
  rest: string,
): void {
  const { command, raw } = placing;
  const open = command.options.filter((option) => !raw.has(option.name));
  const foreign = /(?:^|\s)([a-z][a-z-]*)[:=](?!\/)\S/i.exec(rest)?.[1];
  if (foreign && !open.some(isFreeText)) {
    throw new UserError([...unknownOption(command, foreign), ...exampleOf(command)]);
  }
  const model = command.options.find(({ suggests }) => suggests === 'models');
  const named = model && raw.get(model.name);
  if (model && named && rest.split(' ').some((word) => MODEL_SIZE.test(word))) {
    // `mistral nemo 12b` is another model than the one that its first word names.
    raw.set(model.name, `${named} ${rest}`);
    return;
  }
  const isNumber =
    /^[-+]?[\d.,]+(e[-+]?\d+)?[a-z]?$/i.test(rest) &&
    !MODEL_SIZE.test(rest) &&
    !isCard(rest, placing);
  const free =
    open.find(isFreeText) ??
    (isNumber ? open.find(({ kind }) => kind === 'int' || kind === 'count') : undefined) ??
    (model
      ? open.find((option) => option === model)
      : (open.find(({ kind, inForm }) => kind === 'string' && inForm) ??
        open.find(({ kind }) => kind === 'string' || kind === 'file'))) ??
    open.find(({ required }) => required);
  if (free) raw.set(free.name, rest);
  else throw new UserError([`I didn't understand "${inShort(rest)}".`, ...exampleOf(command)]);
}

/**
 * `on my macbook` names no card, and an answer for another one would be about something else.
 *
 * @throws UserError that asks for its chip and memory.
 */
export function rejectUnspecifiedMac({ command, raw }: ParseState, left: readonly string[]): void {
  const cards = command.options.find(({ suggests }) => suggests === 'gpus');
  if (!cards || raw.has(cards.name)) return;
  if (left.some((word) => /^mac(book)?$/i.test(word)))
    throw new UserError('Which Mac? Add its chip and memory, like m3 max 64gb.');
}

/** What to say of a name that is no option. */
export function unknownOption(command: Command, name: string): Inline[] {
  const names = command.options.map((option) => option.name).join(', ');
  return [
    { command: command.name },
    ` doesn't have an option "${inShort(name)}". Options: ${names || 'none'}.`,
  ];
}

function inShort(words: string): string {
  return words.length > 200 ? `${words.slice(0, 200)}…` : words;
}

/** Tells whether an option takes words of any kind. */
export function isFreeText({ kind, suggests }: Option): boolean {
  return kind === 'string' && (!suggests || suggests === 'chapters');
}
