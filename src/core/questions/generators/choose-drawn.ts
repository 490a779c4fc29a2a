import { pick, randomFrom } from '../../random.ts';
import type { Mix } from '../choose.ts';
import { type AreTwins, TWIN_DISTANCE } from '../twins.ts';
import { isDrawn, kindOf, seedToken } from './drawn.ts';
import type { DrawnQuestion, Generator } from './generator.ts';

/** Of so many questions in a row at most one is drawn: most of them are written and reviewed by hand. */
const ONE_OF = 4;

/** The generators of a mix; an empty list of difficulties or chapters means all. */
export function generatorsOf(generators: readonly Generator[], mix: Mix): Generator[] {
  return generators.filter(
    ({ difficulty, chapter }) =>
      (mix.difficulties.length === 0 || mix.difficulties.includes(difficulty)) &&
      (mix.chapters.length === 0 || mix.chapters.includes(chapter)),
  );
}

/**
 * A generated question in place of the next item of the bank, or undefined where an item is due: at
 * most one in four questions, and that one not always while the team has not seen the whole mix. No
 * kind comes soon after an item that asks the same.
 *
 * @param asked Ids of the questions that the team was asked before, oldest first.
 * @param unseen Items of the mix that the team was not asked yet.
 * @param seed Everybody of a team gets the same question from the same seed.
 */
export function chooseDrawn({
  generators,
  mix,
  asked,
  areTwins,
  unseen,
  seed,
}: {
  generators: readonly Generator[];
  mix: Mix;
  asked: readonly string[];
  areTwins: AreTwins;
  unseen: number;
  seed: string;
}): DrawnQuestion | undefined {
  const last = asked.slice(-(ONE_OF - 1));
  if (last.length < ONE_OF - 1 || last.some(isDrawn)) return undefined;
  const random = randomFrom(`${seed} drawn`);
  if (unseen > 0 && random() * ONE_OF >= 1) return undefined;
  const fitting = generatorsOf(generators, mix);
  const times = (id: string) => asked.filter((each) => kindOf(each) === id).length;
  const fewest = Math.min(...fitting.map(({ id }) => times(id)));
  const items = asked.slice(-TWIN_DISTANCE).filter((id) => !isDrawn(id));
  const rare = fitting.filter(
    ({ id }) => times(id) === fewest && !items.some((item) => areTwins(item, id)),
  );
  return pick(rare, random)?.draw(seedToken(seed));
}
