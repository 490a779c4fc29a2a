import type { ShownCommand } from '../protocol.ts';

/** One completion: what is shown, and what takes the place of the last word. */
export type Completion = { label: string; more: string; insert: string };

/** What is being typed, and how to complete it. */
export type Typing =
  | { kind: 'known'; start: number; list: Completion[] }
  /** The server knows the list. */
  | { kind: 'remote'; start: number; command: string; option: string; typed: string };

/** People and channels of the demo, which options of these kinds take. */
export type Names = { channels: readonly string[]; people: readonly string[] };

/** What can follow the typed text; undefined when it is no command. */
export function complete(
  text: string,
  commands: readonly ShownCommand[],
  names: Names,
): Typing | undefined {
  if (!text.startsWith('/')) return undefined;
  const command = commandIn(text, commands);
  if (!command) return { kind: 'known', start: 0, list: commandList(text, commands) };
  const start = text.search(/\S*$/);
  const last = text.slice(start);
  const pair = /^([\w-]+):(.*)$/s.exec(last);
  const option = pair && command.options.find(({ name }) => name === pair[1]);
  if (!option) return withoutName({ text, start, last, command });
  const typed = (pair[2] ?? '').replace(/^"/, '');
  if (option.suggests)
    return { kind: 'remote', start, command: command.name, option: option.name, typed };
  return { kind: 'known', start, list: valueList(option, typed, names) };
}

/** A word without a name: an option that begins so, else a value of the first list that has some. */
function withoutName({
  text,
  start,
  last,
  command,
}: {
  text: string;
  start: number;
  last: string;
  command: ShownCommand;
}): Typing {
  const list = optionList(text, last, command);
  const option = command.options.find((each) => each.suggests && !isGiven(text, each));
  if (list.length > 0 || last === '' || !option) return { kind: 'known', start, list };
  return { kind: 'remote', start, command: command.name, option: option.name, typed: last };
}

const isGiven = (text: string, { name }: Option) => new RegExp(`\\s${name}:`).test(text);

/** The longest command that the text begins with and a blank ends. */
function commandIn(text: string, commands: readonly ShownCommand[]): ShownCommand | undefined {
  return commands
    .filter(({ name }) => text.toLowerCase().startsWith(`/${name} `))
    .sort((a, b) => b.name.length - a.name.length)[0];
}

function commandList(text: string, commands: readonly ShownCommand[]): Completion[] {
  const typed = text.slice(1).toLowerCase();
  const found = commands.filter(({ name, isHidden }) => !isHidden && name.includes(typed));
  const first = (name: string) => (name.startsWith(typed) ? 0 : 1);
  return found
    .sort((a, b) => first(a.name) - first(b.name))
    .map(({ name, summary }) => ({ label: `/${name}`, more: summary, insert: `/${name} ` }));
}

type Option = ShownCommand['options'][number];

function optionList(text: string, last: string, command: ShownCommand): Completion[] {
  return command.options
    .filter((option) => !isGiven(text, option) && option.name.startsWith(last.toLowerCase()))
    .map(({ name, summary, required }) => ({
      label: `${name}:`,
      more: required ? `${summary} (required)` : summary,
      insert: `${name}:`,
    }));
}

function valueList({ name, choices, kind }: Option, typed: string, names: Names): Completion[] {
  return valuesOf(kind, choices, names)
    .filter((value) => value.toLowerCase().startsWith(typed.toLowerCase()))
    .map((value) => completionOf(name, { label: value, value }));
}

function valuesOf(kind: Option['kind'], choices: string[] | undefined, names: Names) {
  if (kind === 'boolean') return ['yes', 'no'];
  if (kind === 'channel') return names.channels;
  if (kind === 'person') return names.people;
  return choices ?? [];
}

/** A value of an option as it is typed; quotes keep its words together. */
export function completionOf(
  option: string,
  { label, value }: { label: string; value: string },
): Completion {
  const isWord = /^[^\s"\\]+$/.test(value);
  const more = label === value ? '' : value;
  return { label, more, insert: `${option}:${isWord ? value : JSON.stringify(value)} ` };
}
