import { readNumber } from '../../core/read-number.ts';
import { parseTokens } from '../../core/units.ts';
import type { Option } from '../command.ts';
import type { Value } from '../request.ts';

const YES = new Set(['yes', 'y', 'true', 'on', '1']);
const NO = new Set(['no', 'n', 'false', 'off', '0']);

/** A typed value of an option, or what is wrong with it in words. */
export function coerce(option: Option, text: string): { value: Value } | { problem: string } {
  const trimmed = text.trim();
  switch (option.kind) {
    case 'string':
      return { value: text };
    case 'int':
    case 'count':
    case 'number':
      return coerceNumber(option, trimmed);
    case 'boolean':
      if (YES.has(trimmed.toLowerCase())) return { value: true };
      if (NO.has(trimmed.toLowerCase())) return { value: false };
      return { problem: 'enter yes or no' };
    case 'enum': {
      const choice = findChoice(option, trimmed);
      return choice ? { value: choice } : { problem: oneOf(option, trimmed) };
    }
    case 'list': {
      const parts = trimmed.split(/\s*,\s*|\s+/).filter(Boolean);
      const choices = parts.map((part) => findChoice(option, part));
      const wrong = parts.find((_, index) => choices[index] === undefined);
      if (wrong !== undefined) return { problem: oneOf(option, wrong) };
      return { value: choices.filter((choice) => choice !== undefined) };
    }
    case 'channel':
      return { value: /^<#([^|>]+)/.exec(trimmed)?.[1] ?? trimmed.replace(/^#/, '') };
    case 'person':
      return { value: /^<@!?([^|>]+)/.exec(trimmed)?.[1] ?? trimmed.replace(/^@/, '') };
    case 'file':
      return { value: trimmed };
  }
}

const IS_PERCENT = /^[-+]?[\d.]+\s?%$/;

/** Whole numbers, also out of range; `4.6` is a version. */
const WHOLE = /^[-+]?\d+(e[-+]?\d+)?$/i;

const PLAIN_NUMBER = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** A number from 0 to 1, which people also write in per cent. */
function isShare({ kind, max }: Option): boolean {
  return kind === 'number' && max === 1;
}

/** `$2.10/h` is 2.10: where a number is a price, it is in dollars and for an hour. */
function withoutMoney(text: string): string {
  return text.replace(/^\$\s?/, '').replace(/\s?(?:\/|per )\s?(?:gpu[ -]?)?h(?:ou)?r?$/i, '');
}

/** True when words without a name can only be meant for this option. */
export function looksLike(option: Option, words: string): boolean {
  switch (option.kind) {
    case 'int':
      return WHOLE.test(words);
    case 'number':
      if (isShare(option))
        return /^(?:[01](?:\.\d*)?|\.\d+)$/.test(words)
          ? PLAIN_NUMBER.test(words)
          : IS_PERCENT.test(words);
      return PLAIN_NUMBER.test(withoutMoney(words));
    case 'count':
      // A number that is out of range is meant for this option too, and then told.
      return !words.includes(' ') && (WHOLE.test(words) || parseTokens(words) !== undefined);
    case 'boolean':
      return words.toLowerCase() === option.name || YES.has(words) || NO.has(words);
    case 'enum':
      return findChoice(option, words) !== undefined;
    case 'list':
      return words.split(/\s*,\s*|\s+/).every((word) => findChoice(option, word) !== undefined);
    case 'channel':
      return /^<?#/.test(words) && !words.includes(' ');
    case 'person':
      return /^<?@/.test(words) && !words.includes(' ');
    default:
      return false;
  }
}

/** What a value of this option looks like, for an error. */
export function expected(option: Option): string {
  switch (option.kind) {
    case 'int':
    case 'count':
      return `a whole number${range(option)}`;
    case 'number':
      return `a number${range(option)}`;
    case 'enum':
      return `one of ${(option.choices ?? []).join(', ')}`;
    case 'list':
      return `some of ${(option.choices ?? []).join(', ')}`;
    case 'boolean':
      return 'yes or no';
    case 'file':
      return 'an attached file';
    default:
      return option.maxLength ? `at most ${option.maxLength} characters` : 'text';
  }
}

function range({ min, max }: Option): string {
  const named = (bound: number | undefined) =>
    bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER
      ? bound.toLocaleString('en')
      : undefined;
  const low = named(min);
  const high = named(max);
  if (low && high) return ` from ${low} to ${high}`;
  if (low) return ` of at least ${low}`;
  return high ? ` of at most ${high}` : '';
}

function coerceNumber(option: Option, text: string): { value: Value } | { problem: string } {
  const isPercent = isShare(option) && text.endsWith('%');
  const digits = isPercent ? text.slice(0, -1).trim() : withoutMoney(text);
  // A plain number may be 0 or negative; the shorthand of token counts may not.
  const isPlain = option.kind === 'number' || /^[-+]?\d+$/.test(digits);
  const typed = isPlain ? plainNumber(digits) : parseTokens(digits);
  const number = typed !== undefined && isPercent ? typed / 100 : typed;
  if (text === '' || number === undefined || !Number.isFinite(number))
    return { problem: `"${text.slice(0, 60)}" isn't ${expected(option)}` };
  if (option.kind !== 'number' && !Number.isInteger(number))
    return { problem: `"${text.slice(0, 60)}" isn't ${expected(option)}` };
  return { value: number };
}

/** `1,024` and `0,5`; nothing with a unit. */
function plainNumber(text: string): number | undefined {
  const read = readNumber(text);
  return read?.unit === '' ? read.value : undefined;
}

const CHOICES = new WeakMap<Option, ReadonlyMap<string, string>>();

function findChoice(option: Option, text: string): string | undefined {
  const known = CHOICES.get(option) ?? choicesBySpelling(option);
  CHOICES.set(option, known);
  return known.get(text.toLowerCase());
}

/** Choices by themselves in lower case, and by their other names, which come first. */
function choicesBySpelling({ choices = [], also = {} }: Option): ReadonlyMap<string, string> {
  const own = new Map(choices.map((choice) => [choice.toLowerCase(), choice]));
  const others = Object.entries(also).flatMap(([name, choice]): [string, string][] => {
    const meant = own.get(choice);
    return meant === undefined ? [] : [[name, meant]];
  });
  return new Map([...own, ...others]);
}

function oneOf(option: Option, text: string): string {
  return `"${text.slice(0, 60)}" isn't one of ${(option.choices ?? []).join(', ')}`;
}
