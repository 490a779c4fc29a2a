import { runLine } from '../button.ts';
import type { Command, OptionProblem } from '../command.ts';
import { UserError } from '../errors.ts';
import type { Values } from '../request.ts';
import { isDeployment } from './estimates/pasted.ts';
import {
  noCommandFound,
  offer,
  offerCorrected,
  withChoiceCorrected,
  withCommandCorrected,
  withOffers,
} from './offers.ts';
import { isSaid, type Meaning, meaningsOf } from './own-words.ts';
import { plainQuestion } from './plain-question.ts';
import type { Reading } from './sentence-options.ts';
import { weightOf, wordsOf } from './sentence-words.ts';
import { simple } from './simple-values.ts';
import { findCommand, isEstimate, parseText, remembered, withNameNow } from './text.ts';
import { isFreeText } from './unmatched-args.ts';

/** A command with the values that a line says; `meant` is its button where the line doesn't begin with its name. */
type TypedLine = {
  command: Command;
  values: Values;
  problems: OptionProblem[];
  unused: readonly string[];
  meant?: Meaning;
};

type Parsed = TypedLine & { left: string };

/**
 * What a typed line means: a command by its name; else an estimate; else a sentence in one's own words. Words without
 * the command's name only show something: whatever changes or posts something, or may be meant otherwise, is offered.
 *
 * @throws UserError that offers what may be meant, or says what is wrong.
 */
export function readTypedLine(
  line: string,
  commands: readonly Command[],
  reading: Reading,
  refuse: () => UserError = () => noCommandFound(firstWord(line), commands),
): TypedLine {
  const found = findCommand(commands, line);
  // Several ways of reading a line ask for the same words.
  const known = { ...reading, recognize: remembered(reading.recognize) };
  const pasted = 'unknown' in found ? pastedDeployment(line, commands, reading) : undefined;
  if (pasted) return pasted;
  const read =
    'unknown' in found || (!found.command.name.includes(' ') && withNameNow(commands, line))
      ? readSentence(line, commands, known, refuse)
      : readCommand({ ...found, line }, commands, known);
  if (read.meant && !read.command.onlyShows(read.values)) throw offer([read.meant]);
  return read;
}

/** A command line, manifest or log that was pasted without a name. */
function pastedDeployment(
  line: string,
  commands: readonly Command[],
  { catalog }: Reading,
): TypedLine | undefined {
  const command = commands.find(({ name }) => name === 'deployment');
  if (!command || !isDeployment(line, catalog)) return undefined;
  const text = line.trim().replace(/^(?:\/?warmup\s+)?(?:```(?:\w*\n)?)?|```$/g, '');
  return { command, values: { text }, problems: [], unused: [] };
}

const firstWord = (line: string) =>
  /^\S*/.exec(line.trim().replace(/^\/(?:warmup\s+)?/i, ''))?.[0] ?? '';

/** A line that begins with a command's name, and may be a sentence all the same: `help me hide my name`. */
function readCommand(
  { command, rest, line }: { command: Command; rest: string; line: string },
  commands: readonly Command[],
  reading: Reading,
): TypedLine {
  const parsed = parsedOrRefused(command, rest, reading);
  if (command.hidden || namesSubject(parsed)) return orThrow(parsed);
  const isRead = !(parsed instanceof UserError) && isWhole(parsed);
  const isText = isRead && isFreely(parsed, rest);
  if (isRead && !isText && !isPassedOver(parsed, rest)) return parsed;
  // `why is the cache of llama 8b so large, 128k?` begins with a command only by chance.
  const estimate = isText || isEstimate(command) ? undefined : estimateIn(line, commands, reading);
  if (estimate?.isAsked && !(estimate.read instanceof UserError)) return unnamed(estimate.read);
  // Nobody begins a sentence with two words of a name by chance.
  const { clear, near } = command.name.includes(' ')
    ? { near: [] }
    : meaningsOf(line, commands, reading);
  const isSame = isRead && clear?.run === runLine(command.name, simple(parsed.values));
  const isOwnText = clear?.isText === true && clear.command === command;
  // `report a problem with c5-kv-why` could be the text of a report as well, and `drill on gpus` only `drill`.
  const isSurer = clear && !isSame && (!isRead || !isText || isOwnText || clear.score >= SURE);
  if (isSurer) return sentenceOf(clear);
  const others = near.filter((each) => !each.isText && each.command !== command);
  // `ask kv cache` asks, and `ask hard questions from now on` may be a wish.
  const isWish =
    !IS_QUESTION.test(rest) && others.some((each) => each.score >= LIKELY || isForSomebody(each));
  if (isRead && isText && command.onlyShows(parsed.values) && !isWish) return parsed;
  if (isRead && isText && others.length > 0) throw offer([...others.slice(0, 2), asTyped(parsed)]);
  if (isRead) return parsed;
  const left = parsed instanceof UserError ? rest : parsed.left;
  const corrected = withChoiceCorrected(command, rest, left);
  const meant = corrected === undefined ? undefined : parsedOrRefused(command, corrected, reading);
  if (meant && !(meant instanceof UserError) && isWhole(meant))
    throw offerCorrected(command, meant.values, meant.unused);
  const likely = near.filter((each) => each.command !== command);
  // What is wrong is said as ever, with what may be meant beside it.
  const bare = { label: `Run ${command.name}`, run: command.name };
  if (parsed instanceof UserError) {
    const isDead = near.length === 0 && parsed.buttons.length === 0;
    throw isDead ? new UserError(parsed.text, { buttons: [bare] }) : withOffers(parsed, near);
  }
  if (likely.length > 0 && likely.length === near.length) throw offer(near);
  // What has no place is told by an option that a model or a card may be meant for, and by no other.
  const isSingle = weighty(parsed.left) < 2 && !isForSomebody(parsed);
  if (isGivenByOption(command) || isSingle) return parsed;
  if (near.length > 0) throw offer(near);
  if (/\d/.test(parsed.left)) return parsed;
  throw new UserError(['I didn\'t understand "', parsed.left.slice(0, 60), '".'], {
    buttons: [bare],
  });
}

/** An estimate of something by name is nothing else. */
const namesSubject = (parsed: Parsed | UserError) =>
  !(parsed instanceof UserError) &&
  isEstimate(parsed.command) &&
  SUBJECTS.some((name) => name in parsed.values);

const SUBJECTS = ['model', 'gpu', 'config', 'file', 'parameters'];

const isGivenByOption = ({ options }: Command) =>
  options.some(({ suggests }) => suggests === 'models' || suggests === 'gpus');

/** Words that say something; numbers are told by their option. */
const weighty = (text: string) =>
  wordsOf(text).filter(({ key }) => weightOf(key) === 1 && !/^\d/.test(key)).length;

/** `mock interview with @bob` posts something to Bob, so no word of it may be left over. */
const isForSomebody = ({ command, values }: Pick<Parsed, 'command' | 'values'>) =>
  command.options.some(({ kind, name }) => kind === 'person' && values[name] !== undefined);

/** What a question begins with. */
const IS_QUESTION = /^\s*(?:why|what|how|when|where|which|who)\b/i;

/** The command as it was typed, beside what its words may mean. */
function asTyped({ command, values, problems }: Parsed): Meaning {
  const run = runLine(command.name, simple(values));
  const label = 'Run as typed';
  return { command, values, problems, run, shown: run, label, score: 0, isText: true };
}

/** A command without values, whose line says more than words that mean nothing. */
function isPassedOver({ values }: Parsed, rest: string): boolean {
  return Object.keys(values).length === 0 && wordsOf(rest).some(({ key }) => weightOf(key) === 1);
}

/** From here on a sentence is what it seems, also where it could be a free text. */
const SURE = 0.9;

function orThrow(parsed: Parsed | UserError): Parsed {
  if (parsed instanceof UserError) throw parsed;
  return parsed;
}

/** Words without a name became the free text that a command requires. */
function isFreely({ command, values }: Parsed, rest: string): boolean {
  return command.options.some(
    (option) =>
      option.required &&
      isFreeText(option) &&
      // One word is an id, and no text.
      /\s/.test(String(values[option.name] ?? '')) &&
      !new RegExp(`\\b${option.name}[:=]`, 'i').test(rest),
  );
}

const sentenceOf = (meant: Meaning): TypedLine => ({ ...meant, unused: [], meant });

/** So many words that an estimate doesn't use are a text about something else, such as an answer that names a model. */
const MOST_UNUSED = 7;

function unnamed(parsed: Parsed | UserError): TypedLine {
  const read = orThrow(parsed);
  const words = read.unused.filter((each) => /^\p{L}+$/u.test(each));
  if (words.length > MOST_UNUSED && words.length > 3 * Object.keys(read.values).length)
    throw offerCorrected(read.command, read.values, words);
  return { ...read, meant: asTyped(read) };
}

function parsedOrRefused(
  command: Command,
  rest: string,
  { recognize }: Reading,
): Parsed | UserError {
  try {
    return { command, ...parseText(command, rest, recognize) };
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
}

/** Every word has its place. */
function isWhole({ command, values, problems, left }: Parsed): boolean {
  const required = command.options.filter((option) => option.required);
  const rest = left.trim();
  // One word with a hyphen is an id, also where nothing has it.
  const isId = /^\w+(?:-\w+)+$/.test(rest) && required.some(({ name }) => values[name] === rest);
  return problems.length === 0 && (rest === '' || isId || required.some(isFreeText));
}

function readSentence(
  line: string,
  commands: readonly Command[],
  reading: Reading,
  refuse: () => UserError,
): TypedLine {
  const estimate = estimateIn(line, commands, reading);
  if (estimate?.isAsked) return unnamed(estimate.read);
  const renamed = withNameNow(commands, line);
  const corrected = renamed ? undefined : correctedLine(line, commands, reading);
  if (corrected) throw offerCorrected(corrected.command, corrected.values, corrected.unused);
  if (!estimate && OF_NOTHING.test(line)) throw whichModel();
  const { clear, near } = meaningsOf(line, commands, reading);
  if (renamed && !clear) throw offerRenamed(renamed, commands, reading);
  const isOther = near.some(({ score, isText }) => score >= STRONG && !isText);
  if (estimate && !renamed && !isOther) return unnamed(estimate.read);
  if (clear) return sentenceOf(clear);
  if (near.length > 0) throw offer(near);
  throw IS_ABOUT_MEMORY.test(line) ? whichModel() : refuse();
}

/** A former command under its name of now, with the rest of the line where all of it has its place. */
function offerRenamed(
  { now, rest }: { now: string; rest: string },
  commands: readonly Command[],
  reading: Reading,
): UserError {
  for (const line of [now + rest, now]) {
    const found = findCommand(commands, line);
    if ('unknown' in found) continue;
    const parsed = parsedOrRefused(found.command, found.rest, reading);
    if (!(parsed instanceof UserError) && isWhole(parsed))
      return offerCorrected(parsed.command, parsed.values, parsed.unused);
  }
  throw new RangeError(`"${now}" is no command`);
}

/** A question about nothing by name: `will it fit on my gpu?`. */
const IS_ABOUT_MEMORY =
  /\b(?:gpus?|vram|fits?|moe|llms?|quants?|ctk|tok\/s|(?:fp|int|bf|q)\d+|run it|oom\w*|out of memory|enough (?:for|memory)|my (?:pc|laptop|rig))\b|^\d+\s+\d[\d\s?,.]*$/i;

/** The same, where a word of it could be asked of the bank: `how many users can it handle`. */
const OF_NOTHING =
  /^\W*(?:so |and |ok )?how (?:much v?ram|much memory|many (?:users|gpus|cards))(?: (?:can|do|does|will|would|is|i|it|we|need|needed|handle|take|use|have))*\W*$/i;

const whichModel = () =>
  new UserError([
    'Which model, and on which GPU? Try ',
    { command: 'vram llama-3.1-8b 4090' },
    '.',
  ]);

/** From here on a sentence is no estimate that only happens to name a card: `my gpu is a 3090`. */
const STRONG = 0.8;

/** From here on a text that would only be looked up may be a wish for something else. */
const LIKELY = 0.7;

/** The estimate that a sentence asks for, unless its words have no place there; `isAsked` when it says so. */
function estimateIn(
  line: string,
  commands: readonly Command[],
  reading: Reading,
): { read: Parsed | UserError; isAsked: boolean } | undefined {
  const meant = plainQuestion(line, reading.recognize);
  const found = meant && findCommand(commands, meant.line);
  if (!found || 'unknown' in found) return undefined;
  const read = parsedOrRefused(found.command, found.rest, reading);
  if (!(read instanceof UserError)) read.unused = [...read.unused, ...(meant.unused ?? [])];
  return { read, isAsked: meant.isAsked };
}

/** A line whose first word is a misspelt command, where all the rest has its place. */
function correctedLine(
  line: string,
  commands: readonly Command[],
  reading: Reading,
): Parsed | undefined {
  if (isSaid(firstWord(line), commands)) return undefined;
  const corrected = withCommandCorrected(line, commands);
  const found = corrected === undefined ? undefined : findCommand(commands, corrected);
  if (!found || 'unknown' in found) return undefined;
  const parsed = parsedOrRefused(found.command, found.rest, reading);
  return parsed instanceof UserError || !isWhole(parsed) ? undefined : parsed;
}
