import type { Command, Option, OptionProblem } from './command.ts';
import { UserError } from './errors.ts';
import type { Values } from './request.ts';
import { coerce, looksLike } from './values.ts';

/** Words that one option takes together, at the most: `nvidia rtx 6000 ada generation` is five. */
const LONGEST_RUN = 6;

/** Tells whether a list of `suggest.ts` knows these words. */
export type Recognise = (list: string, words: string) => boolean;

type Token = { text: string; quoted: boolean };

/** Splits at spaces; quotes keep words together, also after `name:`. */
export function tokens(line: string): Token[] {
  const found: Token[] = [];
  const pattern = /([\p{L}\p{N}-]*[:=])?"((?:[^"\\]|\\.)*)"|\S+/gsu;
  for (const match of line.replace(/[“”„]/g, '"').matchAll(pattern)) {
    if (match[2] === undefined) found.push({ text: match[0], quoted: false });
    else found.push({ text: (match[1] ?? '') + unquote(match[2]), quoted: match[1] === undefined });
  }
  return found;
}

function unquote(text: string): string {
  return text.replace(/\\(n|.)/gs, (_, char: string) => (char === 'n' ? '\n' : char));
}

/** The command that a line begins with, and the rest of the line. */
export function findCommand(
  commands: readonly Command[],
  line: string,
): { command: Command; rest: string } | { unknown: string } {
  const clean = line
    .trim()
    .replace(/^\//, '')
    .replace(/^warmup\s+/i, '');
  const [, first = '', second = ''] = /^(\S+)(?:\s+(\S+))?/.exec(clean) ?? [];
  const two = `${first} ${second}`.toLowerCase();
  for (const command of commands) {
    if (command.name === two)
      return { command, rest: clean.slice(clean.indexOf(second) + second.length) };
  }
  for (const command of commands) {
    if (command.name === first.toLowerCase()) return { command, rest: clean.slice(first.length) };
  }
  return { unknown: first };
}

/**
 * Reads `name:value`, `name=value` and `--name value`; words without a name go to the option that
 * recognises the longest run of them, and the order of the options only breaks ties.
 *
 * @throws UserError for words that belong nowhere.
 */
export function parseText(
  command: Command,
  line: string,
  recognise: Recognise,
): { values: Values; problems: OptionProblem[] } {
  const raw = new Map<string, string>();
  const loose: Token[] = [];
  const list = tokens(line);
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
  placeLoose(command, loose, raw, recognise);
  return coerceAll(command, raw);
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
  const pair = /^([\p{L}\p{N}-]+)[:=](.*)$/su.exec(text);
  const match = flag ?? pair;
  if (!match) return undefined;
  const name = (match[1] ?? '').toLowerCase();
  const option = command.options.find((each) => each.name === name);
  if (!option) {
    if (flag) throw new UserError(unknownOption(command, name));
    return undefined;
  }
  return match[2] ? { option, value: match[2] } : { option };
}

function unknownOption(command: Command, name: string): string {
  const names = command.options.map((option) => option.name).join(', ');
  return `"${command.name}" has no option "${name}". It takes: ${names || 'nothing'}.`;
}

function placeLoose(
  command: Command,
  loose: Token[],
  raw: Map<string, string>,
  recognise: Recognise,
): void {
  const left: string[] = [];
  let at = 0;
  while (at < loose.length) {
    const best = bestRun(command, loose, at, raw, recognise);
    if (best) {
      raw.set(best.option.name, joined(loose, at, best.length));
      at += best.length;
    } else {
      left.push(loose[at]?.text ?? '');
      at += 1;
    }
  }
  if (left.length === 0) return;
  const open = command.options.filter((option) => !raw.has(option.name));
  const free =
    open.find((option) => option.kind === 'string' && !option.suggests) ??
    open.find((option) => option.kind === 'string' || option.kind === 'file') ??
    open.find((option) => option.required);
  if (free) raw.set(free.name, left.join(' '));
  else throw new UserError(`I do not know what to do with "${left.join(' ')}". ${usage(command)}`);
}

function usage(command: Command): string {
  return `Try: ${command.example}`;
}

function bestRun(
  command: Command,
  loose: Token[],
  at: number,
  raw: Map<string, string>,
  recognise: Recognise,
): { option: Option; length: number } | undefined {
  let best: { option: Option; length: number } | undefined;
  for (const option of command.options) {
    if (raw.has(option.name)) continue;
    for (
      let length = Math.min(LONGEST_RUN, loose.length - at);
      length > (best?.length ?? 0);
      length -= 1
    ) {
      const words = joined(loose, at, length);
      const known = option.suggests ? recognise(option.suggests, words) : looksLike(option, words);
      if (!known) continue;
      best = { option, length };
      break;
    }
  }
  return best;
}

function joined(loose: Token[], at: number, length: number): string {
  return loose
    .slice(at, at + length)
    .map((token) => token.text)
    .join(' ');
}
