import { rankAll } from './window.ts';

/** Members whose scores count for a group, and how many it needs to be ranked. */
export const GROUP = { best: 5, least: 3 };

/** So many groups can be compared at a glance; names are free, so their number is not. */
export const MOST_GROUPS = 12;

/** A group's score in quarter points, and its rank; undefined while it has too few members. */
export type RankedGroup = { name: string; quarters: number; rank: number | undefined };

/**
 * Ranks groups by the mean of their best members: as many of each as the smallest one has, `GROUP.best` at the most. So
 * size decides nothing, and nobody takes points from a group that is larger. Too small groups come last, by name.
 *
 * @param groups The highest rank scores of each, the best first.
 * @returns Also how many members count.
 */
export function rankGroups(groups: readonly { name: string; best: readonly number[] }[]): {
  counted: number;
  ranked: RankedGroup[];
} {
  const byName = [...groups].sort((one, other) => (one.name < other.name ? -1 : 1));
  const large = byName.filter(({ best }) => best.length >= GROUP.least);
  const counted = Math.min(GROUP.best, ...large.map(({ best }) => best.length));
  const scored = large.map(({ name, best }) => ({
    name,
    quarters: best.slice(0, counted).reduce((sum, each) => sum + each, 0) / counted,
  }));
  const small = byName.filter(({ best }) => best.length < GROUP.least);
  return {
    counted,
    ranked: [
      ...rankAll(scored),
      ...small.map(({ name }) => ({ name, quarters: 0, rank: undefined })),
    ],
  };
}
