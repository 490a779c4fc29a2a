// Chance that follows from a seed alone, for the other files of this folder.
import { randomFrom } from '../../../src/core/random.ts';

/** Draws from a seed: numbers, members of lists, parts by weight. */
export function chanceFrom(seed) {
  const random = randomFrom(seed);
  const below = (most) => Math.floor(random() * most);
  const one = (list) => list[below(list.length)];
  return {
    random,
    below,
    one,
    /** True in so many of a hundred cases. */
    percent: (share) => random() * 100 < share,
    many: (most, make) => Array.from({ length: below(most + 1) }, make),
    /** Small numbers often, large ones seldom, up to the most. */
    size: (most) => Math.max(1, Math.floor(most ** random())),
  };
}
