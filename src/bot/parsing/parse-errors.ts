import { distance } from 'fastest-levenshtein';
import type { Command, OptionProblem } from '../command.ts';
import { expected } from './values.ts';

/** What is wrong with an option, and a line that would do. */
export function formatOptionError(command: Command, problem: OptionProblem): string {
  const words = formatFieldError(command, problem);
  return words === problem.message ? words : `${words} Try: ${command.example}`;
}

/** In a form, where an example of the typed command helps nobody. */
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
export function unknownCommand(given: string, commands: readonly Command[]): string {
  const typed = given.slice(0, 200).replace(/\p{C}/gu, '');
  const names = commands.filter((command) => !command.hidden).map((command) => command.name);
  const nearest = names
    .map((name) => ({ name, steps: distance(name, typed.toLowerCase()) }))
    .sort((a, b) => a.steps - b.steps)[0];
  // Two letters of a word of three or four are no likeness: "hint" is not "fit".
  const near = typed.length < 3 ? 0 : typed.length < 5 ? 1 : 2;
  const hint = nearest && nearest.steps <= near ? ` Did you mean "${nearest.name}"?` : '';
  const shown = typed.length > 40 ? `${typed.slice(0, 40)}…` : typed;
  return typed === ''
    ? 'Say what you would like: type help to see what I can do.'
    : `I do not know "${shown}".${hint} Type help to see what I can do.`;
}
