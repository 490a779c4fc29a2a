import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands.ts';
import { ADMIN, busyTeam } from '../../support/shows-only.ts';
import { readAs } from '../../support/typed-lines.ts';
import { createWorld, words } from '../../support/world.ts';

test('an answer in words is one to the open question, and counts with its button', async () => {
  const world = createWorld();
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');

  const shown = await world.ask('my answer is B', ADMIN);
  const told = await world.press(shown, 'Submit B', ADMIN);

  expect(words(shown)).toContain('Your answer');
  expect(words(told)).toContain('points');
});

/** A word that an action has no use for could be what was meant: not now, or not that; and players are no places. */
test('a line with words that nothing takes changes nothing', async () => {
  const { world, changesOf } = await busyTeam();

  const changes = await changesOf([
    'daily pause tomorrow',
    'daily now or later',
    'me hide everything',
    'me delete my message',
    'me remind off someday',
    'setup pause tomorrow',
    'leaderboard top players',
    'top players of the month',
  ]);

  expect(changes.filter((change) => !change.endsWith('deliveries'))).toEqual([]);
  expect((await world.ask('top players', ADMIN)).title).toContain('Leaderboard');
});

test('what a command declares to only show something changes nothing', async () => {
  const { changesOf } = await busyTeam();
  const lines = COMMANDS.flatMap(({ name, example }) => [name, example]).filter(
    (line) => readAs(line).shows,
  );

  expect(lines.length).toBeGreaterThan(40);
  expect(await changesOf(lines)).toEqual([]);
});
