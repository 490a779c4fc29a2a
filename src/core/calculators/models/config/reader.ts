import { type Fields, fieldOf, isFields } from './json.ts';

/** Reads fields of a config.json and notes what is wrong with them. */
export type Reader = {
  /** A whole number of at least 1 under the first name that is present. */
  count(names: string | readonly string[], fallback?: number): number;
  /** The same, or `undefined` when it is absent, null or 0. */
  optional(names: string | readonly string[]): number | undefined;
  flag(name: string, fallback: boolean): boolean;
  text(name: string): string | undefined;
  /** A list of words, one for each layer. */
  words(name: string): readonly string[] | undefined;
  /** A list of whole numbers of at least 0. */
  numbers(name: string): readonly number[] | undefined;
  /** A number above 0, whole or not. */
  decimal(name: string): number | undefined;
  object(name: string): Reader;
  /** A list of objects, one for each layer. */
  objects(name: string): readonly Reader[];
  /** Notes a problem in a sentence. */
  refuse(problem: string): void;
};

/** Largest value of any width or count; the largest models stay far below. */
const LARGEST = 100_000_000;
const MAX_LAYERS = 2000;
const LARGEST_CONTEXT = 1_000_000_000;

function limitOf(name: string): number {
  if (/layers?$|^n_layer$|depth/.test(name)) return MAX_LAYERS;
  return /position|context|seq|window|chunk/.test(name) ? LARGEST_CONTEXT : LARGEST;
}

function describe(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return `"${value.slice(0, 40)}"`;
  return Array.isArray(value) ? 'a list' : 'an object';
}

type Find = (name: string) => unknown;

function wholeNumber(name: string, value: unknown, least: number, problems: string[]): number {
  const most = limitOf(name);
  const isWhole = typeof value === 'number' && Number.isInteger(value);
  if (isWhole && value >= least && value <= most) return value;
  problems.push(`${name} must be a whole number from ${least} to ${most}, not ${describe(value)}.`);
  return 1;
}

function numberReaders(
  find: Find,
  problems: string[],
): Pick<Reader, 'count' | 'optional' | 'numbers'> {
  const first = (names: string | readonly string[]) => {
    const list = typeof names === 'string' ? [names] : names;
    const name = list.find((each) => find(each) !== undefined) ?? list[0] ?? '';
    return { name, value: find(name) };
  };
  return {
    count(names, fallback) {
      const { name, value } = first(names);
      if (value !== undefined) return wholeNumber(name, value, 1, problems);
      if (fallback !== undefined) return fallback;
      problems.push(`${name} is missing.`);
      return 1;
    },
    optional(names) {
      const { name, value } = first(names);
      if (value === undefined) return undefined;
      return wholeNumber(name, value, 0, problems) || undefined;
    },
    numbers(name) {
      const value = find(name);
      if (!Array.isArray(value)) return undefined;
      return value.map((each) => wholeNumber(`Each entry of ${name}`, Number(each), 0, problems));
    },
  };
}

/**
 * Reads from `fields`, then from `defaults`. Problems go to the list, so that one pass finds all.
 */
export function readerOf(fields: Fields, defaults: Fields, problems: string[]): Reader {
  const find: Find = (name) => fieldOf(fields, name) ?? fieldOf(defaults, name) ?? undefined;
  return {
    ...numberReaders(find, problems),
    flag(name, fallback) {
      const value = find(name);
      if (value === undefined) return fallback;
      if (typeof value === 'boolean') return value;
      problems.push(`${name} must be true or false, not ${describe(value)}.`);
      return fallback;
    },
    text(name) {
      const value = find(name);
      return typeof value === 'string' ? value : undefined;
    },
    words(name) {
      const value = find(name);
      return Array.isArray(value) ? value.map(String) : undefined;
    },
    object(name) {
      const value = find(name);
      return readerOf(isFields(value) ? value : {}, {}, problems);
    },
    objects(name) {
      const value = find(name);
      const list: readonly unknown[] = Array.isArray(value) ? value : [];
      return list.map((each) => readerOf(isFields(each) ? each : {}, {}, problems));
    },
    decimal(name) {
      const value = find(name);
      if (value === undefined) return undefined;
      if (typeof value === 'number' && value > 0 && value <= LARGEST) return value;
      problems.push(`${name} must be a number above 0, not ${describe(value)}.`);
      return undefined;
    },
    refuse: (problem) => {
      problems.push(problem);
    },
  };
}
