import type { Command } from '../../command.ts';
import type { OptionMatcher } from '../option-matching.ts';
import type { Piece } from './pieces.ts';
import { type Phrase, phraseAt, vocabularyOf } from './vocabulary.ts';

/**
 * What words of a sentence are: a name of some list, a number, the label of an option, a choice, or nothing that counts.
 * `option` is where it goes as soon as that is clear.
 */
export type Item = {
  kind: 'named' | 'number' | 'label' | 'choice' | 'idle' | 'unknown';
  text: string;
  from: number;
  length: number;
  /** Of a name: the lists of `suggest.ts` that know it. */
  lists?: readonly string[];
  phrase?: Phrase;
  option?: string;
  /** The label that an option was given by. */
  by?: string;
  value?: string;
  /** Why words that are known change nothing. */
  why?: string;
  /** It asks for something. */
  asks?: true;
};

/** The values of each option, in their order; more than one is more than one reading. */
export type Values = Map<string, string[]>;

/** What a sentence is read with. */
export type Sentence = { command: Command; pieces: readonly Piece[]; recognize: OptionMatcher };

/** Words that one name takes together, at the most: `nvidia rtx 6000 ada generation` is five. */
const MAX_RUN = 7;

/** Characters of the longest name; only a pasted file is longer. */
const MAX_NAME = 200;

/** Lists whose entries stand in a sentence by themselves; the first of those that know as many words. */
const LISTS = [
  'gpus',
  'parameters',
  'amounts',
  'models',
  'formats',
  'kv-formats',
  'engines',
  'lora-targets',
  'prices',
  'configs',
];

/** Lists that are looked into also where a command has no use for what they know, which is then said. */
const ALWAYS = ['gpus', 'models', 'formats', 'engines'];

/** The words of a sentence from left to right, each in one item. */
export function itemsOf(sentence: Sentence): Item[] {
  const items: Item[] = [];
  for (let at = 0; at < sentence.pieces.length; ) {
    const item = itemAt(sentence, at, items.at(-1));
    items.push(item);
    at += item.length;
  }
  return items;
}

function itemAt(sentence: Sentence, at: number, last: Item | undefined): Item {
  const { pieces, command } = sentence;
  const found = phraseAt(vocabularyOf(command), pieces, at);
  const phrase = found && { ...itemOf(found.phrase), ...run(pieces, at, found.length) };
  // Behind the label of a number a number is one, though `2 h100` would be cards: `batch 2 h100`.
  const number = numberAt(sentence, at);
  const isLabelled =
    last?.kind === 'label' && last.phrase?.of === 'number' && !last.phrase.isBehind;
  const isCard =
    number !== undefined && /^\d+$/.test(number.text) && sentence.recognize('gpus', number.text);
  if (isLabelled && number && !isCard) return number;
  // `r1` is a model before it is a rank.
  const named = nameAt(sentence, at, number !== undefined && number.option === undefined);
  const best = [named, number, phrase].filter((each) => each !== undefined);
  const longest = best.reduce<Item | undefined>(
    (one, other) => (one && one.length >= other.length ? one : other),
    undefined,
  );
  return longest ?? { kind: 'unknown', ...run(pieces, at, 1) };
}

const run = (pieces: readonly Piece[], from: number, length: number) => ({
  text: pieces
    .slice(from, from + length)
    .map(({ text }) => text)
    .join(' '),
  from,
  length,
});

function itemOf(phrase: Phrase): Omit<Item, 'text' | 'from' | 'length'> {
  const { why, asks } = phrase;
  if (phrase.of === 'filler')
    return { kind: 'idle', ...(why === undefined ? {} : { why }), ...(asks ? { asks } : {}) };
  if (phrase.of === 'choice')
    return { kind: 'choice', option: phrase.options[0] ?? '', value: phrase.value ?? '' };
  return { kind: 'label', phrase };
}

/** The longest name from here on that a list of this command's options knows. */
function nameAt(sentence: Sentence, at: number, isNumber: boolean): Item | undefined {
  const { command, pieces, recognize } = sentence;
  const [first] = pieces.slice(at, at + 1);
  const lists = LISTS.filter(
    (list) => ALWAYS.includes(list) || command.options.some(({ suggests }) => suggests === list),
  );
  if (!first || isOrdinary(first)) return undefined;
  const isTwo = command.options.some(({ name }) => name === 'other-gpu');
  const most = first.quoted ? 1 : Math.min(MAX_RUN, pieces.length - at);
  for (let length = most; length > 0; length -= 1) {
    const words = run(pieces, at, length);
    // What is compared is two cards, not a mix of both.
    // `raspberry pi 5 8gb` is no five of 8 GB.
    if (/^\d+ \d+ ?g(?:i?b)?$/i.test(words.text)) continue;
    // Nor is `a 2 year old pc` an A2.
    if (/^an? \d{1,2}$/i.test(words.text)) continue;
    if (endsInCount(sentence, at, length)) continue;
    // A dash or a `#` before or behind a name is none of it.
    if (MARK.test(first.key) || MARK.test(pieces[at + length - 1]?.key ?? '')) continue;
    if (isTwo && length > 2 && / (?:and|plus|&|\+) /i.test(words.text)) continue;
    if (pieces.slice(at + 1, at + length).some(({ quoted }) => quoted)) continue;
    const isLong = words.text.length > MAX_NAME;
    const knowing = lists.filter(
      (list) => (!isLong || list === 'configs') && recognize(list, words.text),
    );
    // A number by itself is one, unless it is the name of a card.
    const isOnlyNumber =
      isNumber && length === 1 && !(/^\d+$/.test(words.text) && knowing.includes('gpus'));
    if (knowing.length > 0 && !isOnlyNumber) return { kind: 'named', ...words, lists: knowing };
  }
  return undefined;
}

const MARK = /^[^\p{L}\p{N}{@]+$/u;

/** In `a100 40gb 4 users` the 4 is of users; only the memory of a card may stand behind it as a bare number. */
function endsInCount(
  { command, pieces, recognize }: Sentence,
  at: number,
  length: number,
): boolean {
  const last = pieces[at + length - 1]?.key ?? '';
  if (length < 2 || !/^\d{1,3}$/.test(last)) return false;
  const next = vocabularyOf(command).get(pieces[at + length]?.key ?? '');
  const isCounted = next?.of === 'number' && next.isBehind;
  return (isCounted || !MEMORY.test(last)) && recognize('gpus', run(pieces, at, length - 1).text);
}

/** What cards and chips are sold with, in GB. */
const MEMORY = /^(?:[68]|1[0126]|2[04]|3[26]|4[08]|64|80|9[46]|128|141|192|256|288|512)$/;

/** `a` and `one` stand before a card, other little words begin no name. */
const isOrdinary = ({ key }: Piece) =>
  /^(?:[a-z]{1,2}|gpus?|cards?|the|and|for|with|none|auto|all|qlora)$/.test(key) &&
  !/^(?:a|an|r|yi|t5|qv|ds)$/.test(key);

/** `8k`, `32,768`, `0.8`, `80%`, `$2.10/h`; also glued to what it is: `tp8`, `8k-ctx`. */
function numberAt({ command, pieces }: Sentence, at: number): Item | undefined {
  const piece = pieces[at];
  if (!piece || piece.quoted) return undefined;
  const place = run(pieces, at, 1);
  if (NUMBER.test(piece.key))
    return { kind: 'number', ...place, value: dollarsFirst(piece.text.replaceAll(' ', '')) };
  if (PICTURE.test(piece.key)) return { kind: 'idle', ...place, why: 'not counted' };
  const [, perMillion, input] = PER_MILLION.exec(piece.key) ?? [];
  if (perMillion !== undefined)
    return perMillionOf(command, place, perMillion, input ? 'api-input' : 'api-output');
  const vocabulary = vocabularyOf(command);
  const [, before = '', behind = ''] = /^([a-z_-]+?)[-_]?(\d[\d.,]*[km]?%?)$/.exec(piece.key) ?? [];
  const [, number = '', name = ''] = /^(\d[\d.,]*[km]?)[-_]?([a-z]+)$/.exec(piece.key) ?? [];
  const label = vocabulary.get(before) ?? vocabulary.get(name);
  if (label?.of !== 'number') return undefined;
  const value = vocabulary.has(before) ? behind : number;
  return label.why === undefined
    ? { kind: 'number', ...place, option: label.options[0] ?? '', value }
    : { kind: 'idle', ...place, why: label.why };
}

const NUMBER =
  /^(?:\$?[-+]?(?:\d[\d.,_]*(?: \d{3})*|\.\d+)(?:e[-+]?\d+)?(?:[km]i?|%)?\$?(?:\/(?:gpu[ -]?)?h(?:ou)?r?)?)$/;

/** `2.2$/h` is `$2.2/h`. */
const dollarsFirst = (text: string) => text.replace(/^(\d[\d.,]*)\$/, '$$$1');

/** `1024x1024` of a picture. */
const PICTURE = /^(?:2[2-9]\d|[3-9]\d\d|\d{4})x(?:2[2-9]\d|[3-9]\d\d|\d{4})$/;

const PER_MILLION = /^\$?(\d+(?:\.\d+)?)\/m(?:tok\w*)?(-in)?$/;

/** A price of somebody else's tokens, to compare with. */
function perMillionOf(
  { options }: Command,
  place: Pick<Item, 'text' | 'from' | 'length'>,
  value: string,
  option: string,
): Item {
  return options.some(({ name }) => name === option)
    ? { kind: 'number', ...place, option, value }
    : { kind: 'idle', ...place, why: 'not compared' };
}
