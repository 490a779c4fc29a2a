import { withoutBrackets, wordsWithoutSecrets } from '../../../core/calculators/serving/secrets.ts';
import type { Command, Option } from '../../command.ts';
import { UserError } from '../../errors.ts';
import type { OptionMatcher } from '../option-matching.ts';
import { exampleOf } from '../parse-errors.ts';
import { accountFor, CURRENCY, isSame, notUsed } from './account.ts';
import { bindLabels } from './binding.ts';
import { joinCards, joinMemory, shareOfNode } from './cards.ts';
import { joinShapes } from './compounds.ts';
import { addWeak, takeNamed } from './flags.ts';
import { type Item, itemsOf, type Sentence, type Values } from './items.ts';
import { joinNames } from './names.ts';
import { type Asked, offerReadings, withoutWords } from './readings.ts';
import {
  joinFormats,
  keepConcurrent,
  keepContext,
  leaveCounted,
  leaveMethod,
  leaveModel,
  serveAdapters,
  showAllFormats,
} from './set-aside.ts';
import { corrected } from './typos.ts';
import { offerWants } from './wants.ts';

/** What a sentence about an estimate says: words for options, and words that nothing is made of, with the reason. */
export type Reading = { raw: Map<string, string>; unused: string[] };

/** Words that are looked at; nobody asks with more of them. */
const MAX_WORDS = 80;

/** Characters of all that is told as not used. */
const MAX_LEFT = 600;

/**
 * Reads a sentence for a command. Each word becomes part of one item; each item fills one option, says nothing, or is
 * told as not used. Where one option has two values, or a number may be for two options, all readings are offered.
 *
 * @throws UserError that offers the readings, or says what has no place.
 */
export function readEstimate(command: Command, said: string, recognize: OptionMatcher): Reading {
  // What isn't used is told, to everybody in the channel.
  const line = withoutBrackets(wordsWithoutSecrets(said));
  const named = takeNamed(command, line, recognize);
  const { raw, unused } = named;
  if (named.pieces.length > MAX_WORDS) throw tooMany(command, named.pieces.length);
  const pieces = corrected(command, named.pieces, recognize);
  const sentence = { command, pieces, recognize };
  const items = itemsOf(sentence);
  joinShapes(items, sentence);
  joinNames(items, sentence, raw);
  joinMemory(items);
  bindLabels(items, sentence);
  leaveCounted(items);
  const values = place(items, sentence, raw);
  const want = raw.get('want') ?? values.get('want')?.[0];
  if (want === 'models') leaveModel(values, items, sentence);
  if (want === 'format') leaveMethod(values, items);
  joinFormats(values);
  if (command.name === 'kv') showAllFormats(values);
  joinCards(values, items, sentence, raw);
  const told = givenBy(values, raw, command);
  addWeak(named, told, line);
  const account = accountFor(items, sentence, told);
  const left = [...unused, ...account.unused];
  const asked = { command, raw, recognize, left };
  offerReadings(values, items, { ...asked, left: [...left, ...account.unplaced] });
  if (account.unplaced.length > 0) throw noPlace(account.unplaced, values, asked);
  offerWants(account.asks, told, values, asked);
  shareOfNode(line, told);
  if (left.join(', ').length > MAX_LEFT) throw tooManyLeft(left.length, command);
  return { raw: told, unused: left };
}

/**
 * All values: those by name, and those of words.
 *
 * @throws UserError where they say two things of one option.
 */
function givenBy(
  values: Values,
  raw: ReadonlyMap<string, string>,
  { options }: Command,
): Map<string, string> {
  const told = new Map(raw);
  for (const [name, [value]] of values) {
    const option = options.find((each) => each.name === name);
    const known = raw.get(name);
    if (value === undefined) continue;
    if (option && known !== undefined && !isSame(option, known, value))
      throw new UserError(`Enter one ${option.label.toLowerCase()}, not ${known} and ${value}.`);
    told.set(name, known ?? value);
  }
  return told;
}

function tooManyLeft(count: number, command: Command): UserError {
  return new UserError([
    `I have no use for ${count} of these words. Keep only the values that matter.`,
    ...exampleOf(command),
  ]);
}

/** A number changes an estimate, so none is passed over; the rest of the sentence is offered. */
function noPlace(words: readonly string[], values: Values, asked: Asked): UserError {
  const isPrice = words.some((word) => CURRENCY.test(word));
  const said = `I didn't understand "${words.join(' ').slice(0, 200)}".${isPrice ? ' Enter prices in US dollars, like $2.50.' : ''}`;
  const without = withoutWords(values, asked);
  return without
    ? new UserError([said, ' Without it: ', { command: without.run }, notUsed(asked.left)], {
        buttons: [without],
      })
    : new UserError([said, ...exampleOf(asked.command), notUsed(asked.left)]);
}

function tooMany(command: Command, count: number): UserError {
  return new UserError([
    `That's ${count} words, and I can read ${MAX_WORDS} at a time. Keep only the values that matter.`,
    ...exampleOf(command),
  ]);
}

/** Gives each item its option: its own, or the first of its kind that is free. */
function place(items: Item[], sentence: Sentence, raw: Map<string, string>): Values {
  const values: Values = new Map();
  const add = (item: Item, option: string) => {
    item.option = option;
    const known = values.get(option) ?? [];
    const value = item.value ?? item.text;
    const meant = sentence.command.options.find(({ name }) => name === option);
    // `full parameter sft` says one choice twice.
    const isKnown =
      known.includes(value) ||
      (item.kind === 'choice' && known.some((each) => isSame(meant, each, value)));
    if (!isKnown) values.set(option, [...known, value]);
  };
  const isTaken = (name: string) => raw.has(name) || values.has(name);
  keepContext(items);
  keepConcurrent(items);
  for (const item of items) {
    if (item.kind === 'number' && item.option) add(item, item.option);
    if (item.kind === 'named' && item.option) add(item, item.option);
    if (item.kind === 'choice' && item.option && !raw.has(item.option)) add(item, item.option);
  }
  // `finetune with lora` is a LoRA.
  const special = ['qlora', 'lora'].find((each) => sentence.pieces.some(({ key }) => key === each));
  if (special && values.has('for')) values.set('for', [special]);
  const isTuned = sentence.pieces.some(({ key }) => TUNED.test(key));
  const mayTune = sentence.command.options.some(({ name }) => name === 'for');
  if (isTuned && mayTune && !isTaken('for')) values.set('for', [special ?? 'train']);
  serveAdapters(items, values, raw);
  for (const item of items) {
    if (item.option !== undefined) continue;
    if (item.kind === 'named') {
      const option = optionFor(item, sentence, isTaken);
      if (option) add(item, option);
    }
    if (item.kind === 'number') {
      const option = numberFor(
        item,
        sentence,
        isTaken,
        isAmongWords(items, item),
        isPromptOrOutput(items, item, isTaken),
      );
      if (option) add(item, option);
    }
  }
  for (const item of items)
    if (item.kind === 'unknown') {
      const option = likelyOption(item, sentence, isTaken);
      if (option) add(item, option);
    }
  return values;
}

/** Training with preferences, whose other models aren't counted. */
const TUNED = /^(?:dpo|orpo|kto|ppo|grpo|rlhf)$/;

type IsTaken = (option: string) => boolean;

/** The first option with a list that knows the name and is free; else the first, which then has two values. */
function optionFor(
  { lists = [] }: Item,
  { command }: Sentence,
  isTaken: IsTaken,
): string | undefined {
  const options = lists.flatMap((list) =>
    command.options.filter(({ suggests }) => suggests === list),
  );
  // A format is of the weights; the cache's is said beside it.
  const own = options.filter(({ suggests }) => suggests === options[0]?.suggests);
  const amounts = options.filter(({ suggests }) => suggests === 'amounts');
  return ([...own, ...amounts].find(({ name }) => !isTaken(name)) ?? own[0])?.name;
}

/** From here on a number by itself is one of tokens; below, of requests or of whatever a command counts first. */
const FEW = 256;

/** In `up to 4 of them` a number is of something that only the sentence knows. */
function isAmongWords(items: readonly Item[], item: Item): boolean {
  const before = items[items.indexOf(item) - 1];
  return before?.kind === 'idle' && before.why === undefined && /^[a-z]/i.test(before.text);
}

/** `500 tokens` of a speed may be read or written. */
function isPromptOrOutput(items: readonly Item[], item: Item, isTaken: IsTaken): boolean {
  const next = items[items.indexOf(item) + 1];
  const isTokens = next?.kind === 'idle' && /^tok(?:en)?s?$/i.test(next.text);
  return isTokens && !isTaken('prompt') && !isTaken('output');
}

function numberFor(
  item: Item,
  { command }: Sentence,
  isTaken: IsTaken,
  isAmong: boolean,
  isEither: boolean,
): string | undefined {
  const { text } = item;
  if (isEither) return undefined;
  const free = (is: (option: Option) => boolean) =>
    command.options.find((option) => is(option) && !isTaken(option.name))?.name;
  if (/^\$|h(?:ou)?r?$/i.test(text)) return free(({ name }) => name === 'price');
  const isShare = /%$/.test(text) || /^[01]?\.\d+$/.test(text);
  const isBusy = /%$/.test(text);
  // A price may be below one, too, so that only a percentage is a time in use.
  const share = ({ kind, max, name }: Option) =>
    kind === 'number' && max === 1 && (isBusy || name !== 'busy');
  if (isShare && (isBusy || command.options.some(share))) return free(share);
  const isWhole = /^[-+]?\d+(?:e[-+]?\d+)?$/i.test(text);
  const isFew = isWhole && Number(text) > 0 && Number(text) < FEW;
  const counts = command.options.filter(({ kind }) => kind === 'count');
  const first = command.options.find(({ kind }) => kind === 'int');
  const isRead = isTaken('prompt') && !isTaken('output') && counts.length > 1;
  if (
    isFew &&
    !isAmong &&
    !isRead &&
    (counts.length === 0 || counts.some(({ name }) => isTaken(name)))
  )
    return free((option) => option === first);
  if (isFew && !isRead) return undefined;
  if (counts.length > 0 && /^[\d.,_ ]*[km]?i?$|^[-+]?\d/i.test(text) && !/^\d+\.\d+$/.test(text))
    return free(({ kind }) => kind === 'count') ?? counts.at(-1)?.name;
  return (
    free(({ kind }) => kind === 'int' && isWhole) ??
    free(({ kind, name }) => kind === 'number' && name === 'price')
  );
}

/** An unknown word that has the look of a name goes where the error helps. */
function likelyOption(
  { text }: Item,
  { command, recognize }: Sentence,
  isTaken: IsTaken,
): string | undefined {
  const open = (list: string) =>
    command.options.find(({ name, suggests }) => suggests === list && !isTaken(name))?.name;
  if (/^(?:i?q|fp|int|bf|nf|mx|nv|w)\d|\dbits?$|bpw$/i.test(text)) return open('formats');
  if (/^[-+]?[\d.,]+(?:e[-+]?\d+)?[a-z]?$/i.test(text) && !/b$/i.test(text))
    return open('gpus') ?? undefined;
  const model = open('models');
  const isNear = recognize('families', text) || /\d|\/|^\{/.test(text);
  const hasSubject = isTaken('config') || isTaken('file') || isTaken('parameters');
  const isFirst =
    !isTaken('model') ||
    (command.options.some(({ name }) => name === 'other-model') && !isTaken('other-model'));
  if (model !== undefined && isFirst && !hasSubject && isNear) return model;
  return /[a-z]/i.test(text) && /\d{3}/.test(text) ? open('gpus') : undefined;
}
