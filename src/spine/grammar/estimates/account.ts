import type { Command, Option } from '../../command.ts';
import { coerce } from '../values.ts';
import { answeredBy, isOfNumber } from './asked.ts';
import type { Item, Sentence } from './items.ts';
import { FILLERS } from './lexicon.ts';

/**
 * What a sentence says beside its options: words told as not used, those of them that ask for something, and numbers
 * without a place, which refuse it.
 */
export type Account = { unused: string[]; asks: string[]; unplaced: string[] };

/**
 * The one place where each word of a sentence is accounted for: it fills an option, is of the closed list of words that
 * say nothing, is explained by the answer, or is told.
 */
export function accountFor(
  items: readonly Item[],
  { command, pieces }: Sentence,
  raw: ReadonlyMap<string, string>,
): Account {
  const account: Account = { unused: [], asks: [], unplaced: [] };
  const answered = answeredBy(command, raw);
  const covered = new Set(
    items.flatMap(({ from, length }) => [...Array(length).keys()].map((at) => from + at)),
  );
  for (const [at, item] of items.entries()) {
    const { kind, text, why } = item;
    if (text === '') continue;
    if (why !== undefined) account.unused.push(`${text} (${why})`);
    else if (isUsed(item, command, raw) || isEmpty(item, pieces)) continue;
    else if (kind === 'named') account.unused.push(`${text} (${command.name} doesn't need it)`);
    else if (kind === 'number' || (kind === 'unknown' && /\d/.test(text)) || CURRENCY.test(text))
      account.unplaced.push(text);
    else if (!answered.has(keyOf(item, pieces)) && !isBesideNumber(items, at)) {
      account.unused.push(typedOf(item, pieces));
      if (item.asks) account.asks.push(keyOf(item, pieces));
    }
  }
  for (const [at, { text }] of pieces.entries()) if (!covered.has(at)) account.unused.push(text);
  return account;
}

/** Prices are in dollars, and nothing else stands for them. */
export const CURRENCY = /[€£¥₹₽]/;

/** It fills its option with what it says. */
function isUsed(
  { kind, option, value, text }: Item,
  { options }: Command,
  raw: ReadonlyMap<string, string>,
): boolean {
  const given = option === undefined ? undefined : raw.get(option);
  if (given === undefined) return false;
  return (
    kind !== 'choice' ||
    isSame(
      options.find(({ name }) => name === option),
      given,
      value ?? text,
    )
  );
}

/** Two spellings of one value: `qlora` and `qlora finetune`. */
export function isSame(option: Option | undefined, one: string, other: string): boolean {
  if (one.toLowerCase() === other.toLowerCase()) return true;
  const [a, b] = [one, other].map((text) => option && coerce(option, text));
  return a !== undefined && b !== undefined && 'value' in a && 'value' in b && a.value === b.value;
}

/** A word of the closed list, as it was typed. */
function isEmpty(item: Item, pieces: Sentence['pieces']): boolean {
  if (item.kind === 'label') return FILLERS.has(keyOf(item, pieces));
  const isTyped = pieces
    .slice(item.from, item.from + item.length)
    .every(({ typed }) => typed === undefined);
  return item.kind === 'idle' && !item.asks && isTyped;
}

/** In lower case, with its typing mistakes put right. */
const keyOf = ({ from, length }: Item, pieces: Sentence['pieces']) =>
  pieces
    .slice(from, from + length)
    .map(({ key }) => key)
    .join(' ');

const typedOf = ({ from, length, text }: Item, pieces: Sentence['pieces']) =>
  pieces
    .slice(from, from + length)
    .map(({ typed, text: read }) => typed ?? read)
    .join(' ') || text;

/** `max` of a context that is told, and `per user` behind one. */
function isBesideNumber(items: readonly Item[], at: number): boolean {
  const item = items[at];
  if (!item || !isOfNumber(item.text.toLowerCase())) return false;
  return [-1, 1].some((step) => {
    let next = at + step;
    while (items[next]?.kind === 'idle' && items[next]?.why === undefined) next += step;
    const found = items[next];
    return found?.option !== undefined && (found.kind === 'number' || found.kind === 'label');
  });
}

/** Words that an answer or a reading doesn't use, as a line below it. */
export const notUsed = (left: readonly string[]) =>
  left.length === 0 ? '' : `\nNot used: ${left.join(', ')}.`;
