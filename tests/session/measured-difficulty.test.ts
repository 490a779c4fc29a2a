import { expect, test } from 'vitest';
import { itemStrengths } from '../../src/session/measured-difficulty.ts';
import { singleItem } from '../support/items.ts';
import { createWorld } from '../support/world.ts';

test('an item that all get wrong is stronger than its label, from the next day on', async () => {
  const world = createWorld({ questions: ['q1', 'q2'].map((id) => singleItem(id)) });
  await world.setUp('time:09:00 zone:UTC days:weekdays', { as: 'boss', admin: true });
  await world.comeTo('2026-03-02T09:00:00Z');
  const { store, catalog, clock } = world;
  const parts = { store, catalog, clock, team: { id: await world.teamId() } };
  const [q1, q2] = ['q1', 'q2'].map((id) => singleItem(id));
  if (!q1 || !q2) throw new Error('two items');
  const before = await itemStrengths(parts);
  for (let index = 0; index < 20; index += 1)
    await world.ask('answer 1 try:1 choice:a', { as: `p${index}` });
  await world.comeTo('2026-03-02T23:59:00Z');
  const sameDay = await itemStrengths(parts);

  await world.comeTo('2026-03-03T09:30:00Z');
  const nextDay = await itemStrengths(parts);

  // A medium item is at 1200, and stays there until somebody answers it.
  expect(Math.round(before(q1))).toBe(1200);
  expect(Math.round(sameDay(q1))).toBe(1200);
  expect(nextDay(q1)).toBeGreaterThan(nextDay(q2) + 100);
  world.close();
});
