import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const questions = ['s1', 's2', 's3', 's4', 's5'].map((id) => freeTextItem(id));
const DIRECT = { isDirect: true };

test('a new interview takes the place of one that has not begun, and nothing is left of that', async () => {
  const world = createWorld({ questions });
  const old = await world.ask('mock 15', DIRECT);

  const opened = await world.ask('mock 30', DIRECT);

  expect(words(opened)).toContain('5 questions, 30 minutes');
  expect(words(opened)).toContain("replaces the interview you hadn't started");
  const history = words(await world.ask('mock history', DIRECT));
  expect(history).not.toContain('Ended before');
  expect(await world.store.interview(1)).toBeUndefined();
  expect(words(await world.press(old, 'Start', DIRECT))).toContain('deleted or replaced');
  expect((await world.press(opened, 'Start', DIRECT)).title).toContain('Question 1 of 5');
});

test('of two interviews that were asked for at once only the later gets a room', async () => {
  const world = createWorld({ questions, platform: 'discord' });
  await world.ask('mock 15');

  const opened = words(await world.ask('mock 45 style:strict'));
  await world.tick();
  await world.tick();

  expect(opened).toContain("replaces the interview you hadn't started");
  const rooms = world.fake.sent.filter(({ kind }) => kind === 'room');
  expect(rooms.map(({ key }) => key)).toEqual(['room:2']);
  expect(words(await world.ask('mock history'))).toContain('Continue interview 2');
});

test('an interview that has begun is not replaced', async () => {
  const world = createWorld({ questions });
  await world.ask('mock 15', DIRECT);
  await world.ask('mock go', DIRECT);

  const told = words(await world.ask('mock 30', DIRECT));

  expect(told).toContain('Continue it, or end it first');
  expect((await world.store.interview(1))?.state).toBe('open');
});
