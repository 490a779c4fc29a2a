import type { Command, Option } from './command.ts';
import { UserError } from './errors.ts';
import { looksLike } from './values.ts';

/** A word of a line, or several that quotes keep together. */
export type Token = { text: string; quoted: boolean };

/** Tells whether a list of `suggest.ts` knows these words. */
export type Recognise = (list: string, words: string) => boolean;

/** Words that one option takes together, at the most: `nvidia rtx 6000 ada generation` is five. */
const LONGEST_RUN = 6;

/** Words that carry no value beside those that do: `llama 70b on two h100 with 32k`. */
const FILLERS = new Set(
  'a an and against are as at be by can card cards could does do estimate fit fits for from get give gpu gpus have hey hi host hosted how i if in is it just llm load local locally long mac macbook many me memory model much my need needs of on one only or per please pls plz quant quantised quantized ram required requires run running serve served serving should show single take takes tell thanks that the there this to use using versus vram vs want what when which will with would x you'.split(
    ' ',
  ),
);

/**
 * Gives words without a name to the options that recognise the longest runs of them; the order of
 * the options only breaks ties.
 *
 * @throws UserError for words that belong nowhere.
 */
export function placeLoose(
  command: Command,
  loose: Token[],
  raw: Map<string, string>,
  recognise: Recognise,
): void {
  // Where a text of one's own can stand, every word belongs to it.
  const hasFreeText = command.options.some((option) => isFreeText(option) && !raw.has(option.name));
  const words = hasFreeText ? loose : loose.map(withoutStops);
  const given = { command, words, raw, recognise };
  const placing = { ...given, isBesideConfig: isBesideConfig(given) };
  const left: string[] = [];
  let last: Run | undefined;
  let at = 0;
  while (at < words.length) {
    const best = bestRun(placing, at);
    const word = words[at]?.text ?? '';
    if (best) {
      raw.set(best.option.name, withWordBefore(best, left, last));
      at += best.length;
    } else if (
      last?.option.suggests === 'models' &&
      (MODEL_SIZE.test(word) || VERSION.test(word))
    ) {
      // `falcon 180b` is another model than the `falcon` that is known.
      raw.set(last.option.name, `${last.text} ${word}`);
      at += 1;
    } else {
      left.push(word);
      at += 1;
    }
    last = best;
  }
  // `16 concurrent requests`: one of the words was enough to know the option.
  const said = command.options
    .filter(({ name }) => raw.has(name))
    .flatMap((option) => [option.name, ...(option.words ?? [])]);
  // `-m` of llama.cpp stands before the model.
  const isEmpty = (word: string) =>
    word === '' || /^-[a-z]$/.test(word) || FILLERS.has(word) || said.includes(word);
  const meant = hasFreeText ? left : left.filter((word) => !isEmpty(word.toLowerCase()));
  refuseNamelessMac(command, raw, left);
  if (meant.length > 0) placeRest(placing, meant.join(' '));
}

/** `on my macbook` names no card, and an answer for another one would be about something else. */
function refuseNamelessMac(command: Command, raw: Map<string, string>, left: string[]): void {
  const cards = command.options.find(({ suggests }) => suggests === 'gpus');
  if (!cards || raw.has(cards.name)) return;
  if (left.some((word) => /^mac(book)?$/i.test(word)))
    throw new UserError('Which Mac? Add its chip and memory, such as m3 max 64gb.');
}

/** `180b`, `0.5B`, `30b-a3b`: nothing but a model has such a size. */
const MODEL_SIZE = /^\d+(?:\.\d+)?b(?:-a\d+(?:\.\d+)?b)?$/i;

/** `lama 70b` is no 70b but a name that is misspelt: the word before a bare size belongs to it. */
function withWordBefore(run: Run, left: string[], last: Run | undefined): string {
  const before = left.at(-1) ?? '';
  const isName = /^[a-z][a-z-]{2,}$/i.test(before) && !FILLERS.has(before.toLowerCase());
  const isSize = run.option.suggests === 'models' && /^\d/.test(run.text);
  if (last || !isName || !isSize) return run.text;
  left.pop();
  return `${before} ${run.text}`;
}

const VERSION = /^v?\d+\.\d+$/i;

/** Beside a config.json what could be a card is no model: `m2` is then a chip. */
function isBesideConfig({ raw, words, recognise }: Omit<Placing, 'isBesideConfig'>): boolean {
  const isConfig = ({ text }: Token) => recognise('configs', text);
  return raw.has('config') || raw.has('file') || words.some(isConfig);
}

/** What nothing recognised goes where it may belong, so that the error names the right option. */
function placeRest(placing: Placing & { raw: Map<string, string> }, rest: string): void {
  const { command, raw } = placing;
  const open = command.options.filter((option) => !raw.has(option.name));
  const foreign = /(?:^|\s)([a-z][a-z-]*)[:=](?!\/)\S/i.exec(rest)?.[1];
  if (foreign && !open.some(isFreeText)) {
    throw new UserError(`${unknownOption(command, foreign)} ${usage(command)}`);
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
    (command.options.some(({ suggests }) => suggests === 'models')
      ? namedThing(open, rest)
      : (open.find(({ kind, inForm }) => kind === 'string' && inForm) ??
        open.find(({ kind }) => kind === 'string' || kind === 'file'))) ??
    open.find(({ required }) => required);
  if (free) raw.set(free.name, rest);
  else throw new UserError(`I do not know what to do with "${rest}". ${usage(command)}`);
}

/** A model, a format or a card that is not known; other words are no name of anything. */
function namedThing(open: readonly Option[], rest: string): Option | undefined {
  const listed = (list: string) => open.find(({ suggests }) => suggests === list);
  const model = listed('models');
  if (model) return model;
  if (/^(?:i?q|fp|int|bf|nf|mx|nv|w)\d|bit$/i.test(rest)) return listed('formats');
  return /\d/.test(rest) ? listed('gpus') : undefined;
}

/** What to say of a name that is no option. */
export function unknownOption(command: Command, name: string): string {
  const names = command.options.map((option) => option.name).join(', ');
  return `"${command.name}" has no option "${name}". It takes: ${names || 'nothing'}.`;
}

function isFreeText({ kind, suggests }: Option): boolean {
  return kind === 'string' && !suggests;
}

function withoutStops(token: Token): Token {
  return token.quoted ? token : { ...token, text: token.text.replace(/[,;?!]+$/, '') };
}

function usage(command: Command): string {
  return `Try: ${command.example}`;
}

type Placing = {
  command: Command;
  words: Token[];
  raw: ReadonlyMap<string, string>;
  recognise: Recognise;
  isBesideConfig: boolean;
};

type Run = { option: Option; length: number; text: string };

function bestRun(placing: Placing, at: number): Run | undefined {
  const { command, words, raw } = placing;
  let best: Run | undefined;
  for (const option of command.options) {
    if (raw.has(option.name)) continue;
    for (
      let length = Math.min(LONGEST_RUN, words.length - at);
      length > (best?.length ?? 0);
      length -= 1
    ) {
      const text = valueIn(option, { at, length }, placing);
      if (text === undefined) continue;
      best = { option, length, text };
      break;
    }
  }
  return best;
}

/** The value of an option in words that are its value, or its value beside what it is called. */
function valueIn(
  option: Option,
  { at, length }: { at: number; length: number },
  placing: Placing,
): string | undefined {
  const words = joined(placing.words, at, length);
  const isKnown = (text: string) => isValueOf(option, text, placing.recognise);
  // In `on two h100` the word stands before a card; in `setup on` it is all that is said.
  const isLast = at + length === placing.words.length;
  if (option.kind === 'enum' && !isLast && FILLERS.has(words.toLowerCase())) return undefined;
  if (option.kind === 'boolean') {
    return words.toLowerCase() === option.name ? 'yes' : isKnown(words) ? words : undefined;
  }
  // A second card is no number of tokens.
  if (/count|int/.test(option.kind) && /^\d+$/.test(words) && isCard(words, placing))
    return undefined;
  if (placing.isBesideConfig && option.suggests === 'models' && isCard(words, placing)) {
    return undefined;
  }
  if (isKnown(words)) return words;
  const [, before, glued, behind] = besideName(option).exec(words) ?? [];
  const value = before ?? glued ?? behind;
  // Beside its name a number is meant for the option also where it is out of range.
  const isNumber = option.kind === 'number' && /^[-+]?[\d.]+%?$/.test(value ?? '');
  if (value === undefined || !(isNumber || isKnown(value))) return undefined;
  if (behind === undefined) return value;
  // `16k batch 2`, `llama 70b draft llama 1b`: a name in the singular belongs to what follows it.
  const follows = [1, 2, 3, 4].some((count) => isKnown(joined(placing.words, at + length, count)));
  if (follows && !words.endsWith('s')) return undefined;
  return option.kind !== 'string' && isNameToo(option, value, placing) ? undefined : value;
}

function isCard(words: string, { command, recognise }: Pick<Placing, 'command' | 'recognise'>) {
  const takesCards = command.options.some(({ suggests }) => suggests === 'gpus');
  return takesCards && recognise('gpus', words);
}

function isValueOf(option: Option, text: string, recognise: Recognise): boolean {
  if (text === '') return false;
  return looksLike(option, text) || (option.suggests ? recognise(option.suggests, text) : false);
}

/** In `4090 context` the number is a card, which needs no name beside it. */
function isNameToo(option: Option, value: string, { command, raw, recognise }: Placing): boolean {
  return command.options.some(
    (other) =>
      other !== option &&
      other.kind === 'string' &&
      other.suggests !== undefined &&
      !raw.has(other.name) &&
      isValueOf(other, value, recognise),
  );
}

const BESIDE = new WeakMap<Option, RegExp>();

/** `batch 16`, `tp8`, `16 users`: the name before, glued to digits, or behind. */
function besideName(option: Option): RegExp {
  const known = BESIDE.get(option);
  if (known) return known;
  // The longest first: `batch size 4` is not `batch` with the value `size 4`.
  const names = [option.name, ...(option.words ?? [])]
    .sort((a, b) => b.length - a.length)
    .join('|')
    .replaceAll('.', '\\.');
  const made = new RegExp(
    `^(?:${names}) (.+)$|^(?:${names})(\\d.*)$|^(.+?) ?(?:${names})s?$`,
    'is',
  );
  BESIDE.set(option, made);
  return made;
}

function joined(loose: Token[], at: number, length: number): string {
  return loose
    .slice(at, at + length)
    .map((token) => token.text)
    .join(' ');
}
