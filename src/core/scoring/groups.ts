import { rankAll } from './window.ts';

/** Members whose scores count for a group, and how many it needs to be ranked. */
export const GROUP = { best: 5, least: 3 };

/** So many groups can be compared at a glance; names are free, so their number is not. */
export const MOST_GROUPS = 12;

/** A group's score in quarter points, and its rank; undefined while it has too few members. */
export type RankedGroup = { name: string; quarters: number; rank: number | undefined };

/**
 * Ranks groups by the mean of their best members, so that size doesn't decide. Smaller groups come last, by name.
 *
 * @param best The highest rank scores of each group, `GROUP.best` at the most.
 */
export function rankGroups(
  groups: readonly { name: string; best: readonly number[] }[],
): RankedGroup[] {
  const scored = groups.map(({ name, best }) => ({
    name,
    isRanked: best.length >= GROUP.least,
    quarters: best.reduce((sum, quarters) => sum + quarters, 0) / Math.max(1, best.length),
  }));
  const byName = scored.sort((one, other) => (one.name < other.name ? -1 : 1));
  return [
    ...rankAll(byName.filter(({ isRanked }) => isRanked)),
    ...byName.filter(({ isRanked }) => !isRanked).map((each) => ({ ...each, rank: undefined })),
  ].map(({ name, quarters, rank }) => ({ name, quarters, rank }));
}
