import type { Catalog } from '../../core/catalog.ts';
import { fullName, named, readButtonId } from '../button.ts';
import type { Command, Context, NamedLine, OptionProblem } from '../command.ts';
import type { BotParts } from '../context.ts';
import { UserError } from '../errors.ts';
import { type Reply, say, type Text } from '../reply.ts';
import type { Attachment, Request, RequestInput, Values } from '../request.ts';
import { recognizes, refusalOf, type Sources } from '../suggest.ts';
import { askForGpu } from './estimates/ask-gpu.ts';
import { readBackOf, refuseUnknown } from './estimates/read-back.ts';
import { shortHelp } from './offers.ts';
import type { OptionMatcher } from './option-matching.ts';
import { exampleOf, unknownCommand } from './parse-errors.ts';
import { readSavedLine, type SavedLine } from './saved-line.ts';
import type { Reading } from './sentence-options.ts';
import { coerceAll, findCommand, isEstimate, namedWords } from './text.ts';
import { readTypedLine } from './typed-line.ts';

/** What a request asks for, before its values are checked. */
export type ParsedRequest = {
  command: Command;
  values: Values;
  problems: OptionProblem[];
  fromForm: boolean;
  /** Of a sent form: the values that it began with and did not ask for. */
  begun?: Values;
  /** Of a typed estimate: what was understood, and what wasn't used. */
  readBack?: Text;
};

/** Reads what a request asks for; undefined when its words are not meant for the bot. */
export async function parseRequest(
  { said, account }: Request,
  context: Context,
  { commands }: Pick<BotParts, 'commands'>,
): Promise<ParsedRequest | undefined> {
  switch (said.kind) {
    case 'text':
      return withFile(fromLine(said.text, context, commands), said.file);
    case 'command': {
      const command = commandNamed(said.command, commands);
      return { command, ...coerced(command, said.values), fromForm: false };
    }
    case 'action':
      return onMessage(commandNamed(said.command, commands), said, account);
    case 'button':
    case 'form': {
      const begun = fromSaved(await savedLine(said.id, context, commands), commands);
      const added = coerced(begun.command, said.values ?? {});
      return {
        command: begun.command,
        values: { ...begun.values, ...added.values },
        problems: [...begun.problems, ...added.problems],
        fromForm: said.kind === 'form',
        begun: begun.values,
      };
    }
    case 'words':
      return heard(said, context, commands);
  }
}

/** Words for an open conversation; where none is open, words said to the bot are a line as any. */
async function heard(
  { text, isLine, isForBot }: Extract<RequestInput, { kind: 'words' }>,
  context: Context,
  commands: readonly Command[],
): Promise<ParsedRequest | undefined> {
  // Where commands are typed too, a slash tells them from an answer that begins with the same word.
  if (isLine && /^(?:\/|warmup\s)/i.test(text.trim())) return undefined;
  const words = withoutMentions(text);
  for (const command of commands) {
    const heard = await command.hears?.(words, context);
    if (!heard) continue;
    if ('typed' in heard) return fromLine(heard.typed, context, commands);
    if ('run' in heard) return fromSaved(readSavedLine(heard.run, commands), commands);
    return { command, values: heard.values, problems: [], fromForm: false };
  }
  return isForBot ? fromLine(text, context, commands, shortHelp) : undefined;
}

/** People by their names, as they are read in an answer. */
function withoutMentions(text: string): string {
  return text.replace(
    /<@!?([^|>]+)(?:\|([^>]+))?>/g,
    (_, id: string, name?: string) => `@${name ?? id}`,
  );
}

/** What the lists of the bank and of the commands know. */
function recognizing(catalog: Catalog, commands: readonly Command[]): OptionMatcher {
  const listed = commands.filter(({ hidden }) => !hidden).map(({ name }) => name);
  const sources = { ...catalog, commands: listed };
  return (list, words) => recognizes(list, words, sources);
}

function commandNamed(name: string, commands: readonly Command[]): Command {
  const command = named(commands, name);
  if (!command) throw new UserError(unknownCommand(name, commands));
  return command;
}

/** A message fills the option that its action names; a person can't submit someone else's words. */
function onMessage(
  command: Command,
  { text, author }: Extract<RequestInput, { kind: 'action' }>,
  account: string,
): ParsedRequest {
  const { title = '', fills = '', isOwn } = command.message ?? {};
  if (isOwn && author !== account)
    throw new UserError([
      { bold: title },
      ' works only on messages you wrote. Nothing was submitted.',
    ]);
  return { command, ...coerced(command, { [fills]: text }), fromForm: false };
}

/** A typed line. */
function fromLine(
  line: string,
  context: Context,
  commands: readonly Command[],
  refuse?: () => UserError,
): ParsedRequest {
  const read = readTypedLine(line, commands, readingOf(context, commands), refuse);
  const { unused, command, values, problems } = read;
  const asked = { command, values, problems, fromForm: false };
  // What is written by name needs no reading back.
  const isPlain = !isEstimate(command) && unused.length === 0;
  if (isPlain || readSavedLine(line.trim(), commands)) return asked;
  if (Object.keys(values).length === 0 && problems.length === 0 && unused.length > 0)
    throw nothingRead(command, unused);
  refuseUnknown(asked, unused, context.catalog);
  if (problems.length === 0) askForGpu(asked, unused, context);
  return { ...asked, readBack: readBackOf(asked, unused, context.catalog) };
}

/** A command without values opens its form, but not where words would be lost. */
function nothingRead(command: Command, unused: readonly string[]): UserError {
  return new UserError([`I didn't understand "${unused.join(', ')}".`, ...exampleOf(command)], {
    buttons: [{ label: `Run ${command.name}`, run: command.name }],
  });
}

/** What options are read with: days are those of the team. */
function readingOf({ catalog, clock, team }: Context, commands: readonly Command[]): Reading {
  return { catalog, recognize: recognizing(catalog, commands), now: clock.now(), zone: team.zone };
}

/** A command line that a text names, with the name of each option. */
export function namedLine(
  line: string,
  { catalog, commands }: Pick<BotParts, 'catalog' | 'commands'>,
): NamedLine {
  const found = findCommand(commands, line);
  if ('unknown' in found) return { name: line, options: [] };
  const { command, rest } = found;
  const { raw } = namedWords(command, rest, recognizing(catalog, commands));
  return {
    name: fullName(command),
    ...(command.alone ? { alone: command.alone } : {}),
    options: command.options.flatMap(({ name, multiline }) => {
      const value = raw.get(name);
      // A form asks for it.
      return value === undefined || multiline ? [] : [{ name, value }];
    }),
  };
}

/** What the id of a button or a form says; undefined for one that is foreign, damaged or no longer kept. */
async function savedLine(
  id: string,
  { store, clock }: Pick<Context, 'store' | 'clock'>,
  commands: readonly Command[],
): Promise<SavedLine | undefined> {
  const read = readButtonId(id);
  const line =
    read && ('run' in read ? read.run : await store.savedCommand(read.hash, clock.now()));
  return line === undefined ? undefined : readSavedLine(line, commands);
}

/**
 * A command with the values that a button or a form carries.
 *
 * @throws UserError when there is no such command any more, or it has no such option.
 */
function fromSaved(line: SavedLine | undefined, commands: readonly Command[]): ParsedRequest {
  const command = commands.find(({ name }) => name === line?.command);
  const isKnown = ([name]: [string, string]) =>
    command?.options.some((option) => option.name === name);
  if (!line || !command || !line.pairs.every(isKnown))
    throw new UserError(['This button has expired. Run ', { command: 'help' }, ' to start again.']);
  return { command, ...coerced(command, Object.fromEntries(line.pairs)), fromForm: false };
}

/** The file that came with typed words is the value of the command's file option. */
function withFile(asked: ParsedRequest, file: Attachment | undefined): ParsedRequest {
  if (!file) return asked;
  const option = asked.command.options.find(({ kind }) => kind === 'file');
  if (!option)
    throw new UserError([
      { command: asked.command.name },
      " doesn't accept files. Remove the attachment and try again.",
    ]);
  return { ...asked, values: { ...asked.values, [option.name]: file } };
}

/**
 * What a form's id carries: neither what is wrong, which must be asked again, nor large texts, which
 * can be edited in the form and would be stored under the hash of the id.
 */
export function keptInForm({
  command,
  values,
  problems,
  fromForm,
  begun = {},
}: ParsedRequest): Values {
  const wrong = new Set(problems.map(({ option }) => option));
  const large = new Set(command.options.filter((each) => each.multiline).map(({ name }) => name));
  return Object.fromEntries(
    Object.entries(fromForm ? begun : values).filter(
      ([name]) => !wrong.has(name) && !large.has(name),
    ),
  );
}

/** A text of this length or less is not given back. */
const SHORT_TEXT = 40;

/** A refusal with the texts of the form that it refuses: they are nowhere else. */
export function withSubmittedText(
  refusal: Reply,
  { command, values, fromForm }: ParsedRequest,
): Reply {
  if (!fromForm) return refusal;
  const written = command.options.flatMap(({ name, label, multiline }): Text[] => {
    const text = values[name];
    // A few words are typed again sooner than they are copied.
    const isLong = multiline || String(text).length > SHORT_TEXT;
    return typeof text === 'string' && isLong ? [[{ bold: `${label}: ` }, text]] : [];
  });
  return givingBack(refusal, written);
}

/** The same for a form that was refused before its command was known: all of its words may be large texts. */
export function withUnread(refusal: Reply, said: RequestInput): Reply {
  if (said.kind !== 'form') return refusal;
  const written = Object.entries(said.values).flatMap(([name, value]): Text[] =>
    typeof value === 'string' && value !== '' ? [[{ bold: `${name}: ` }, value]] : [],
  );
  return givingBack(refusal, written);
}

function givingBack(refusal: Reply, written: Text[]): Reply {
  if (written.length === 0) return refusal;
  const back = say("Your text wasn't submitted. Copy it from here:", ...written);
  return { ...refusal, blocks: [...refusal.blocks, ...back.blocks] };
}

/** In a form, all that the schema or a list refuses is shown at once, with what was typed. */
export function addParseProblems({ command, values, problems }: ParsedRequest, sources: Sources) {
  const add = (option: string, message: string) => {
    if (!problems.some((known) => known.option === option)) problems.push({ option, message });
  };
  const parsed = command.parse(values);
  if (!parsed.ok)
    for (const { option, message } of parsed.problems) {
      const known = command.options.find(({ name }) => name === option);
      const isMissing = known?.required && values[option] === undefined;
      add(option, isMissing ? `${known.label} is required.` : message);
    }
  for (const { name, suggests } of command.options) {
    const value = values[name];
    const refusal = typeof value === 'string' && suggests && refusalOf(suggests, value, sources);
    if (refusal) add(name, refusal);
  }
}

/** Strings become what their option is; values that a platform typed stay. */
function coerced(command: Command, given: Values): { values: Values; problems: OptionProblem[] } {
  const texts: [string, string][] = [];
  const typed: Values = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === '') continue;
    if (typeof value === 'string') texts.push([name, value]);
    else typed[name] = isWords(command, name) && Array.isArray(value) ? value.join(' ') : value;
  }
  const { values, problems } = coerceAll(command, texts);
  return { values: { ...typed, ...values }, problems };
}

/** Of an option that people type, such as chapters, several picks are words too. */
const isWords = ({ options }: Command, name: string) =>
  options.some((option) => option.name === name && option.kind === 'string');
