import { type Chapter, chapterCalled, chaptersNamed } from '../core/catalog.ts';
import { LAST_OWN_CHAPTER, REVIEW_BANK } from '../core/questions/schema.ts';
import type { Context } from '../spine/command.ts';
import { UserError } from '../spine/errors.ts';

type Rewrite = [said: RegExp, meant: string];

/** A range that is written with spaces is one word: `3 – 6` and `3 to 6` are `3-6`. */
const SPACED_RANGE: Rewrite = [/(\d)\s+(?:[-–—]|to)\s+(\d)/g, '$1-$2'];

// No number above the last chapter is one: in `chapters:3 5 30` the 30 is minutes. Nor is the 9 of `9:30` or `9 am`.
const ONE = '(?:1[0-2]|[1-9])';
const ONE_OR_RANGE = `${ONE}(?:[-–—]${ONE})?`;

/** A list that is written with spaces is one value: `chapters:3 5 8` is `chapters:"3 5 8"`. */
const SPACED_LIST: Rewrite = [
  new RegExp(
    `\\b(chapters[:=])\\s*(${ONE_OR_RANGE}(?:[\\s,]+${ONE_OR_RANGE})+)(?!\\S|\\s+[ap]m)`,
    'gi',
  ),
  '$1"$2"',
];

/** What is put together in a typed line before it is read. */
export const CHAPTER_REWRITES = [SPACED_RANGE, SPACED_LIST] as const;

/**
 * Chapters by their numbers and ranges of them, such as `3 5 8` or `1, 3-5`; empty for all, which is also what the
 * review bank stands for.
 *
 * @throws UserError when there is no such chapter.
 */
export function readChapters(
  typed: string | undefined,
  { catalog }: Pick<Context, 'catalog'>,
): number[] {
  const words = (typed ?? '')
    .replace(...SPACED_RANGE)
    .split(/[\s,]+/)
    .filter((word) => word && word !== 'all' && word !== 'and');
  const name = words.filter((word) => /\p{L}/u.test(word)).join(' ');
  if (name !== '') {
    const [only, ...others] = chaptersNamed(name, catalog);
    if (only && others.length === 0 && !words.some((word) => /^\d/.test(word)))
      return only.number === REVIEW_BANK ? [] : [only.number];
    throw noNumber(name, { catalog });
  }
  const numbers = words.flatMap((word) => {
    const [, first = word, last = first] = /^(\d+)[-–—](\d+)$/.exec(word) ?? [];
    const within = catalog.chapters
      .map(({ number }) => number)
      .filter((number) => number >= Number(first) && number <= Number(last));
    if (!within.includes(Number(first)) || !within.includes(Number(last)))
      throw new UserError(
        `"${word}" isn't a chapter. Enter numbers from 1 to ${LAST_OWN_CHAPTER}, like 3 5 8 or 3-6.`,
        { option: 'chapters' },
      );
    return within;
  });
  return numbers.includes(REVIEW_BANK) ? [] : [...new Set(numbers)];
}

/**
 * One chapter by its number or its name.
 *
 * @throws UserError when there is no such chapter.
 */
export function readChapter(
  typed: string | undefined,
  { catalog }: Pick<Context, 'catalog'>,
): number | undefined {
  if (typed === undefined) return undefined;
  const found = chapterCalled(typed, catalog);
  if (!found) throw noNumber(typed, { catalog });
  return found.number;
}

/** Which numbers chapters have that were called by their names. */
export const numbersOf = (named: readonly Chapter[]) =>
  `Enter chapters by number: ${named.map(({ number, title }) => `${title} is ${number}`).join(', ')}.`;

function noNumber(name: string, { catalog }: Pick<Context, 'catalog'>): UserError {
  const named = chaptersNamed(name, catalog);
  if (named.length > 0) return new UserError(numbersOf(named), { option: 'chapters' });
  const shown = catalog.chapters
    .filter(({ number }) => number !== REVIEW_BANK)
    .map(({ number, title }) => `${number} ${title}`);
  return new UserError(
    `"${name}" isn't a chapter. Enter numbers from 1 to ${LAST_OWN_CHAPTER}, like 3 5 8 or 3-6: ${shown.join(', ')}.`,
    { option: 'chapters' },
  );
}

/** The chapters of a learning path that own questions; empty for no path. */
export function chaptersOfPath(
  path: string | undefined,
  { catalog }: Pick<Context, 'catalog'>,
): number[] {
  const steps = catalog.paths.find(({ id }) => id === path)?.steps ?? [];
  return steps.flatMap((step) => step.chapters).filter((number) => number !== REVIEW_BANK);
}
