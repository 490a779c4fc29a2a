import { setImmediate as nextTurn } from 'node:timers/promises';

/** How often everyone else had a turn while some work was done. */
export async function turnsDuring(work: Promise<unknown>): Promise<number> {
  let isOver = false;
  let turns = 0;
  work.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await nextTurn();
    turns += 1;
  }
  return turns;
}
