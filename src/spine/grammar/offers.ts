import { runLine } from '../button.ts';
import type { Command } from '../command.ts';
import { UserError } from '../errors.ts';
import type { Button, Inline } from '../reply.ts';
import type { Values } from '../request.ts';
import { notUsed } from './estimates/account.ts';
import type { Meaning } from './own-words.ts';
import { unknownCommand } from './parse-errors.ts';
import { nearestWord } from './sentence-words.ts';
import { simple } from './simple-values.ts';

/** So many buttons are read at a glance. */
const MAX_OFFERED = 3;

const SHOW_COMMANDS: Button = { label: 'Show commands', run: 'help' };

/** What a sentence may mean, as buttons that say what they do; nothing is done before one is selected. */
export function offer(meanings: readonly Meaning[]): UserError {
  const offered = meanings.slice(0, MAX_OFFERED);
  const [only, ...others] = offered;
  const buttons = offered.map(({ label, run }) => ({ label, run }));
  // What only buttons run has no line that people could type.
  if (only?.command.hidden && others.length === 0)
    return new UserError('Select the button to continue.', { buttons });
  if (only && others.length === 0)
    return new UserError(['Select the button to run ', { command: only.shown }, '.'], { buttons });
  const lines = offered.flatMap(({ label, command, shown }): Inline[] => [
    '\n',
    { bold: label },
    ...(command.hidden ? [] : [': ', { command: shown }]),
  ]);
  return new UserError(['Did you mean one of these?', ...lines], {
    buttons: [...buttons, SHOW_COMMANDS],
  });
}

/** A refusal with what may be meant as buttons beside it. */
export function withOffers(refusal: UserError, near: readonly Meaning[]): UserError {
  const offered = near.slice(0, MAX_OFFERED).map(({ label, run }) => ({ label, run }));
  return new UserError(refusal.text, { buttons: [...refusal.buttons, ...offered] });
}

/** A command whose name or choice was misspelt, as a button with the line that was meant. */
export function offerCorrected(
  command: Command,
  values: Values,
  unused: readonly string[] = [],
): UserError {
  const run = runLine(command.name, simple(values));
  return new UserError(['Did you mean ', { command: run }, '?', notUsed(unused)], {
    buttons: [{ label: `Run ${command.name}`, run, style: 'primary' }, SHOW_COMMANDS],
  });
}

/** That there is no such command, with the way to all of them. */
export function noCommandFound(typed: string, commands: readonly Command[]): UserError {
  return new UserError(unknownCommand(typed, commands), { buttons: [SHOW_COMMANDS] });
}

/** To words said to the bot that mean nothing to it. */
export function shortHelp(): UserError {
  return new UserError(
    "I didn't understand that. Ask for today's question, an interview, an estimate, or a topic, like what is a KV cache.",
    {
      buttons: [
        { label: "Show today's question", run: 'daily' },
        { label: 'Start interview', run: 'mock mode:solo' },
        SHOW_COMMANDS,
      ],
    },
  );
}

/** A line whose first word is a misspelt command, with that command; undefined for any other. */
export function withCommandCorrected(
  line: string,
  commands: readonly Command[],
): string | undefined {
  const clean = line.trim().replace(/^\/?(?:warmup\s+)?/i, '');
  const [first = '', second = ''] = clean.split(/\s+/, 2);
  const listed = commands.filter(({ hidden }) => !hidden);
  const name = nearestWord(
    first.toLowerCase(),
    new Set(listed.map((command) => command.name.split(' ')[0] ?? '')),
  );
  if (!name) return undefined;
  const rest = clean.slice(first.length).replace(/(\w):(?=\s)/, '$1');
  const seconds = listed.flatMap((command) => {
    const [head, tail] = command.name.split(' ');
    return head === name && tail ? [tail] : [];
  });
  const isAlone = listed.some((command) => command.name === name);
  if (isAlone || seconds.includes(second.toLowerCase())) return name + rest;
  const tail = nearestWord(second.toLowerCase(), seconds);
  return tail && `${name} ${tail}${rest.replace(/^\s*\S+/, '')}`;
}

/** A line in which a misspelt choice of a command's options is put right. */
export function withChoiceCorrected(
  { options }: Command,
  rest: string,
  left: string,
): string | undefined {
  // Where models are named, an unknown word is one, and told as such.
  if (options.some(({ suggests }) => suggests === 'models')) return undefined;
  const choices = options.flatMap((option) => option.choices ?? []);
  for (const word of left.split(/\s+/)) {
    const near = nearestWord(word.toLowerCase(), choices);
    if (near && near !== word.toLowerCase()) return rest.replace(word, near);
  }
  return undefined;
}
