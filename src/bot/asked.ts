import type { Command, OptionProblem } from './command.ts';
import { UserError } from './errors.ts';
import type { Attachment, Values } from './request.ts';
import { coerceAll } from './text.ts';

/** What a request asks for, before its values are checked. */
export type Asked = {
  command: Command;
  values: Values;
  problems: OptionProblem[];
  fromForm: boolean;
  /** Of a sent form: the values that it began with and did not ask for. */
  begun?: Values;
};

/** The file that came with typed words is the value of the command's file option. */
export function withFile(asked: Asked, file: Attachment | undefined): Asked {
  if (!file) return asked;
  const option = asked.command.options.find(({ kind }) => kind === 'file');
  if (!option) throw new UserError(`"${asked.command.name}" takes no file.`);
  return { ...asked, values: { ...asked.values, [option.name]: file } };
}

/**
 * What a form's id carries: neither what is wrong, which must be asked again, nor large texts, which
 * can be edited in the form and would be stored under the hash of the id.
 */
export function keptInForm({ command, values, problems, fromForm, begun = {} }: Asked): Values {
  const wrong = new Set(problems.map(({ option }) => option));
  const large = new Set(command.options.filter((each) => each.multiline).map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(fromForm ? begun : values).filter(
      ([name]) => !wrong.has(name) && !large.has(name),
    ),
  );
}

/** In a form, what the schema refuses is shown in the form, with what was typed. */
export function addParseProblems(asked: Asked): void {
  if (asked.problems.length > 0) return;
  const parsed = asked.command.parse(asked.values);
  if (parsed.ok) return;
  asked.problems.push(...parsed.problems);
}

/** Strings become what their option is; values that a platform typed stay. */
export function coerced(
  command: Command,
  given: Values,
): { values: Values; problems: OptionProblem[] } {
  const texts: [string, string][] = [];
  const typed: Values = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === '') continue;
    if (typeof value === 'string') texts.push([name, value]);
    else typed[name] = value;
  }
  const { values, problems } = coerceAll(command, texts);
  return { values: { ...typed, ...values }, problems };
}

/** The values that a saved command can carry. */
export function simple(values: Values): Record<string, string | number | boolean> {
  const kept: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) continue;
    if (Array.isArray(value)) kept[name] = value.join(',');
    else if (typeof value !== 'object') kept[name] = value;
  }
  return kept;
}
