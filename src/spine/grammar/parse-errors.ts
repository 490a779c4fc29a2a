import { distance } from 'fastest-levenshtein';
import type { Command, OptionProblem } from '../command.ts';
import { UserError } from '../errors.ts';
import type { Inline, Text } from '../reply.ts';
import type { Values } from '../request.ts';
import { expected } from './values.ts';

/** What is wrong with each option, one line each, and a command that works. */
export function formatOptionErrors(command: Command, problems: readonly OptionProblem[]): Text {
  const lines = problems.map((problem) => formatFieldError(command, problem));
  const isClear = problems.every(({ message }, index) => message === lines[index]);
  return [lines.join('\n'), ...(isClear ? [] : exampleOf(command))];
}

/** A command that works, as a sentence to add; empty for one that only buttons run. */
export const exampleOf = ({ hidden, example }: Command): Inline[] =>
  hidden ? [] : [' Try ', { command: example }, '.'];

/**
 * Refuses values that an action has no use for: the words that became them were meant otherwise, or for another action.
 *
 * @throws UserError
 */
export function refuseUnused(command: string, given: Values, used: readonly string[] = []): void {
  const [unused] = Object.entries(given).filter(
    ([name, value]) => value !== undefined && !used.includes(name),
  );
  if (unused)
    throw new UserError([
      `I didn't understand "${unused[1]}". Run `,
      { command: `help ${command}` },
      ' to see everything it can do.',
    ]);
}

/** In a form, where an example of the typed command doesn't help. */
export function formatFieldError(
  command: Command,
  { option: name, message }: OptionProblem,
): string {
  const option = command.options.find((each) => each.name === name);
  // A whole sentence says by itself what is wrong and what to do.
  if (!option || message.endsWith('.')) return message;
  // zod's own words name types, not what to type.
  const words = /^(Invalid|Too|Expected)/.test(message) ? `must be ${expected(option)}` : message;
  return `${option.label}: ${words}.`;
}

/** That there is no such command, and the one that was perhaps meant. */
export function unknownCommand(given: string, commands: readonly Command[]): Text {
  const typed = given.slice(0, 200).replace(/\p{C}/gu, '');
  const names = commands.filter((command) => !command.hidden).map((command) => command.name);
  const nearest = names
    .map((name) => ({ name, steps: distance(name, typed.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  // Two letters of a word of three or four are no likeness: "hint" is not "fit".
  const near = typed.length < 3 ? 0 : typed.length < 5 ? 1 : 2;
  const hint: Inline[] =
    nearest && nearest.steps <= near ? [' Did you mean ', { command: nearest.name }, '?'] : [];
  const shown = typed.length > 40 ? `${typed.slice(0, 40)}…` : typed;
  return typed === ''
    ? ['What would you like to do? Run ', { command: 'help' }, ' to see all commands.']
    : [
        `Unknown command "${shown}".`,
        ...hint,
        ' Run ',
        { command: 'help' },
        ' to see all commands.',
      ];
}
