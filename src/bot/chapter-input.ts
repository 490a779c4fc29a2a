import { LAST_OWN_CHAPTER, REVIEW_BANK } from '../core/questions/schema.ts';
import type { Context } from './command.ts';
import { UserError } from './errors.ts';

/**
 * Chapters by their numbers, such as `3 5 8`; empty for all, which is also what the review bank stands for.
 *
 * @throws UserError when there is no such chapter.
 */
export function readChapters(
  typed: string | undefined,
  { catalog }: Pick<Context, 'catalog'>,
): number[] {
  const words = (typed ?? '').split(/[\s,]+/).filter((word) => word && word !== 'all');
  const wrong = words.find((word) => !catalog.chapter(Number(word)));
  if (wrong !== undefined)
    throw new UserError(
      `"${wrong}" is no chapter. Say numbers from 1 to ${LAST_OWN_CHAPTER}, such as 3 5 8.`,
    );
  const numbers = words.map(Number);
  return numbers.includes(REVIEW_BANK) ? [] : numbers;
}

/** The chapters of a learning path that own questions; empty for no path. */
export function chaptersOfPath(
  path: string | undefined,
  { catalog }: Pick<Context, 'catalog'>,
): number[] {
  const steps = catalog.paths.find(({ id }) => id === path)?.steps ?? [];
  return steps.flatMap((step) => step.chapters).filter((number) => number !== REVIEW_BANK);
}
