import { expect, test } from 'vitest';
import { STRONG } from '../../../scenarios/mock.ts';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

/** The verdict on an answer that came after so many hints, with the ways to look at it again. */
async function hinted(hints: number, answer = STRONG) {
  const world = createWorld({
    isDirect: true,
    questions: [freeTextItem('s1'), freeTextItem('s2')],
  });
  await world.ask('mock 15');
  await world.ask('mock go interview:1');
  for (let taken = 0; taken < hints; taken += 1) await world.ask('mock hint interview:1');
  return { world, verdict: await world.ask(`mock answer interview:1 text:"${answer}"`) };
}

// 10, 20 and 30 % of a whole answer: 0.9, 0.7 and 0.4 are left, to the nearest quarter 1, 0.75 and 0.5.
test.each([
  { hints: 0, title: 'Question 1: Excellent, 100%', cell: '0', line: '100%' },
  {
    hints: 1,
    title: 'Question 1: Excellent, 90% (1 hint, −10%)',
    cell: '1 (−10%)',
    line: '90% (1 hint, −10%)',
  },
  {
    hints: 2,
    title: 'Question 1: Solid, 70% (2 hints, −30%)',
    cell: '2 (−30%)',
    line: '70% (2 hints, −30%)',
  },
  {
    hints: 3,
    title: 'Question 1: Partly there, 40% (3 hints, −60%)',
    cell: '3 (−60%)',
    line: '40% (3 hints, −60%)',
  },
])('$hints hints are said wherever the level or the per cent stands', async (given) => {
  const { world, verdict } = await hinted(given.hints);
  const review = await world.ask('mock review interview:1 item:1');
  await world.ask('mock end interview:1 confirm:yes');
  const report = await world.ask('mock report interview:1 show:all');

  expect(verdict.title).toBe(given.title);
  expect(review.title).toBe(given.title);
  const table = report.blocks.find(({ kind }) => kind === 'table');
  expect(table?.kind === 'table' && table.rows[0]?.at(-1)).toBe(given.cell);
  expect(words(report)).toContain(`1. warm-up: ${given.line}\n`);
});
