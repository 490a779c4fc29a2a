import { named } from '../button.ts';
import type { Command, Option, OptionProblem } from '../command.ts';
import { UserError } from '../errors.ts';
import type { Values } from '../request.ts';
import { readEstimate } from './estimates/read-estimate.ts';
import { withApiPrice } from './estimates/spellings.ts';
import type { OptionMatcher, Token } from './option-matching.ts';
import { assignPositionals } from './positional-args.ts';
import { tokens } from './tokens.ts';
import { unknownOption } from './unmatched-args.ts';
import { coerce, looksLike } from './values.ts';

/** The command that a line begins with, and the rest of the line. */
export function findCommand(
  commands: readonly Command[],
  line: string,
): { command: Command; rest: string } | { unknown: string } {
  const clean = withoutSlash(line);
  const [, first = '', second = ''] = /^(\S+)(?:\s+(\S+))?/.exec(clean) ?? [];
  const two = named(commands, `${first} ${second}`.toLowerCase());
  if (two) return { command: two, rest: clean.slice(first.length).replace(/^\s+\S+/, '') };
  const command = named(commands, first.toLowerCase());
  if (!command) return { unknown: first };
  const rest = clean.slice(first.length);
  const other = command.elsewhere?.when.test(rest) && named(commands, command.elsewhere.command);
  return { command: other || command, rest };
}

const withoutSlash = (line: string) => line.trim().replace(/^\/?(?:warmup\s+)?/i, '');

/** A line that begins with a command's former name, with the name that it has now. */
export function withNameNow(
  commands: readonly Command[],
  line: string,
): { now: string; rest: string } | undefined {
  const clean = withoutSlash(line);
  for (const [former, now] of commands.flatMap(({ formerly = {} }) => Object.entries(formerly)))
    if (`${clean} `.toLowerCase().startsWith(`${former} `))
      return { now, rest: clean.slice(former.length) };
  return undefined;
}

/**
 * Reads `name:value`, `name=value` and `--name value`; words without a name go to the option that
 * recognizes the longest run of them, and the order of the options only breaks ties.
 *
 * @throws UserError for words that belong nowhere.
 */
export function parseText(
  command: Command,
  line: string,
  recognizes: OptionMatcher,
): { values: Values; problems: OptionProblem[]; left: string; unused: string[] } {
  const { raw, left, unused } = namedWords(command, line, recognizes);
  return { ...coerceAll(command, raw), left, unused };
}

/**
 * The words of each option, by its name, before they become values.
 *
 * @throws UserError for words that belong nowhere.
 */
export function namedWords(
  command: Command,
  line: string,
  recognizes: OptionMatcher,
): { raw: Map<string, string>; left: string; unused: string[] } {
  const whole = command.options.find(({ takesRest }) => takesRest);
  if (whole) return { raw: wholeText(command, whole, line), left: '', unused: [] };
  const recognize = remembered(recognizes);
  if (isEstimate(command)) {
    const read = readEstimate(command, rewritten(command, withApiPrice(line)), recognize);
    return { ...read, left: '' };
  }
  const raw = new Map<string, string>();
  const loose: Token[] = [];
  const list = tokens(rewritten(command, line));
  for (let index = 0; index < list.length; index += 1) {
    const token = list[index];
    if (!token) break;
    const named = token.quoted ? undefined : readName(command, token.text);
    if (!named) {
      loose.push(token);
      continue;
    }
    const next = list[index + 1];
    if (named.value !== undefined) raw.set(named.option.name, named.value);
    else if (named.option.kind === 'boolean' && (!next || !looksLike(named.option, next.text)))
      raw.set(named.option.name, 'yes');
    else if (next) {
      raw.set(named.option.name, next.text);
      index += 1;
    }
  }
  return { left: assignPositionals(command, loose, raw, recognize), raw, unused: [] };
}

/** Options by name stand before a text that is taken as it was pasted. */
function wholeText(command: Command, whole: Option, line: string): Map<string, string> {
  const raw = new Map<string, string>();
  let rest = line.trim();
  const named = new RegExp(
    `^(${command.options.map(({ name }) => name).join('|')}):(?:"([^"]*)"|(\\S+))\\s*`,
  );
  for (let match = named.exec(rest); match; match = named.exec(rest)) {
    const [all, name = '', quoted, bare = ''] = match;
    if (name === whole.name) break;
    raw.set(name, quoted ?? bare);
    rest = rest.slice(all.length);
  }
  const own = rest.replace(new RegExp(`^${whole.name}:`), '');
  const text = /^"(?:[^"\\]|\\.)*"$/s.test(own) && own !== rest ? String(JSON.parse(own)) : own;
  if (text !== '') raw.set(whole.name, text.replace(/^```(?:\w*\n)?|\n?```$/g, ''));
  return raw;
}

/** Tells whether a command is asked about a model, and so read word by word. */
export const isEstimate = ({ options }: Command) => options.some(({ name }) => name === 'model');

/** Several options ask for the same words. */
export function remembered(recognize: OptionMatcher): OptionMatcher {
  const known = new Map<string, boolean>();
  return (list, words) => {
    const key = `${list} ${words}`;
    const answer = known.get(key) ?? recognize(list, words);
    known.set(key, answer);
    return answer;
  };
}

function rewritten({ rewrites = [] }: Command, line: string): string {
  return rewrites.reduce((text, [said, meant]) => text.replace(said, meant), line);
}

/** Makes typed values of strings; what does not fit becomes a problem in words. */
export function coerceAll(
  command: Command,
  raw: Iterable<[string, string]>,
): { values: Values; problems: OptionProblem[] } {
  const values: Values = {};
  const problems: OptionProblem[] = [];
  const byName = new Map(command.options.map((option) => [option.name, option]));
  for (const [name, text] of raw) {
    const option = byName.get(name);
    if (!option) continue;
    const result = coerce(option, text);
    if ('problem' in result) problems.push({ option: name, message: result.problem });
    else values[name] = result.value;
  }
  return { values, problems };
}

function readName(command: Command, text: string): { option: Option; value?: string } | undefined {
  const flag = /^--([\p{L}\p{N}-]+)(?:[=:](.*))?$/su.exec(text);
  const short = /^-(\p{L}[\p{L}\p{N}-]*)(?:[=:](.*))?$/su.exec(text);
  const pair = /^([\p{L}\p{N}-]+)[:=](.*)$/su.exec(text);
  const match = flag ?? short ?? pair;
  if (!match) return undefined;
  const name = (match[1] ?? '').toLowerCase();
  const option =
    command.options.find((each) => each.name === name) ??
    command.options.find((each) => each.words?.includes(name));
  if (!option) {
    if (flag) throw new UserError(unknownOption(command, name));
    return undefined;
  }
  return match[2] ? { option, value: match[2] } : { option };
}
