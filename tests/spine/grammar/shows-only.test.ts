import { expect, test } from 'vitest';
import { COMMANDS } from '../../../src/commands.ts';
import { findCommand } from '../../../src/spine/grammar/text.ts';
import { ADMIN, busyTeam } from '../../support/shows-only.ts';
import { readAs } from '../../support/typed-lines.ts';
import { createWorld, words } from '../../support/world.ts';
import { KEPT_BACK, SENTENCES } from './sentences.ts';

/** Words near a value of a setting: players are no places. */
test('top players are the leaderboard, which changes nothing for the team', async () => {
  const { world, changed } = await busyTeam();

  for (const text of ['top players', 'best players this month', 'top players of the month'])
    expect((await world.ask(text, ADMIN)).title, text).toContain('Leaderboard');

  expect(changed()).toEqual([]);
});

test('an answer in words is one to the open question, and counts with its button', async () => {
  const world = createWorld();
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');

  const shown = await world.ask('my answer is B', ADMIN);
  const told = await world.press(shown, 'Submit B', ADMIN);

  expect(words(shown)).toContain('Your answer');
  expect(words(told)).toContain('points');
});

/** A word that an action has no use for could be what was meant: not now, or not that. */
test('a line with words that nothing takes changes nothing', async () => {
  const { changesOf } = await busyTeam();

  const changes = await changesOf([
    'daily pause tomorrow',
    'daily now or later',
    'me hide everything',
    'me delete my message',
    'me remind off someday',
    'setup pause tomorrow',
    'leaderboard top players',
  ]);

  expect(changes.filter((change) => !change.endsWith('deliveries'))).toEqual([]);
});

test('a sentence in own words changes nothing, whatever an admin asks for', async () => {
  const { changesOf } = await busyTeam();
  const examples = COMMANDS.flatMap(({ says = [] }) => says.flatMap(({ like }) => like));
  const filled = examples.map((each) => each.replace('{view}', 'month').replace(/\{\w*\}/g, '3'));
  const said = [...SENTENCES, ...KEPT_BACK].map(([says]) => says);
  const lines = [...filled, ...said].filter((line) => 'unknown' in findCommand(COMMANDS, line));

  expect(lines.length).toBeGreaterThan(700);
  expect(await changesOf(lines)).toEqual([]);
});

test('what a command declares to only show something changes nothing', async () => {
  const { changesOf } = await busyTeam();
  const lines = COMMANDS.flatMap(({ name, example }) => [name, example]).filter(
    (line) => readAs(line).shows,
  );

  expect(lines.length).toBeGreaterThan(40);
  expect(await changesOf(lines)).toEqual([]);
});
