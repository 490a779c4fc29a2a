import type { Question } from './schema.ts';

/**
 * Which items may not be asked close to each other, since one gives the other away.
 *
 * @returns Whether two ids are linked, in either direction.
 */
export function twinsIn(
  bank: readonly Pick<Question, 'id' | 'enemyOf'>[],
): (one: string, other: string) => boolean {
  const links = new Set(bank.flatMap(({ id, enemyOf = [] }) => enemyOf.map((to) => `${id} ${to}`)));
  return (one, other) => links.has(`${one} ${other}`) || links.has(`${other} ${one}`);
}
