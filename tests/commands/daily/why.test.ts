import { expect, test } from 'vitest';
import { singleItem } from '../../support/items.ts';
import { createWorld, words } from '../../support/world.ts';

test('why tells a wrong answer from one that is missing or may still come', async () => {
  const world = createWorld({ questions: [singleItem('q1'), singleItem('q2'), singleItem('q3')] });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 try:1 choice:a', { as: 'bo' });
  await world.ask('answer 1 try:2 choice:c', { as: 'bo' });
  await world.comeTo('2026-03-03T09:00:00Z');
  await world.comeTo('2026-03-04T09:00:00Z');

  const told = words(await world.ask('why', { as: 'bo' }));

  expect(told).toMatch(/2 Mar[^\n]*no points/);
  expect(told).toMatch(/3 Mar[^\n]*not answered \|/);
  expect(told).toMatch(/4 Mar[^\n]*not answered yet/);
});
