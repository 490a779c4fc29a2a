import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';

/** Ana and Bo have answered a question, and Bo, who has it right, is off the boards. */
async function boHidden() {
  const world = createWorld();
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 choice:a');
  await world.ask('answer 1 choice:b', { as: 'bo' });
  await world.ask('me hide', { as: 'bo' });
  return world;
}

test('a board that a hidden member asks for does not show them to the channel', async () => {
  const world = await boHidden();

  const board = words(await world.ask('leaderboard', { as: 'bo' }));

  expect(board).toContain('1 | ana');
  expect(board).not.toContain('| bo');
});

test('a hidden member counts among those of whom they have a rank', async () => {
  const world = await boHidden();

  expect(words(await world.ask('me', { as: 'bo' }))).toContain('Rank: 1 of 2');
  expect(words(await world.ask('me'))).toContain('Rank: 1 of 1');
});
