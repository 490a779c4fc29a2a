import { expect, test } from 'vitest';
import { spokenItem } from '../support/items.ts';
import { createWorld, refused, words } from '../support/world.ts';

const A_WEEK_LATER = '2026-03-09T08:30:00Z';
const questions = ['s1', 's2', 's3', 's4'].map((id) => spokenItem(id));

test('an interview that closes after a quiet week keeps the score of what was answered', async () => {
  const world = createWorld({ questions });
  const direct = { isDirect: true };
  await world.ask('mock solo', direct);
  await world.ask('mock go interview:1', direct);
  await world.ask(
    'mock answer interview:1 text:"The cache holds keys and values of past tokens"',
    direct,
  );
  await world.ask('mock go interview:1', direct);

  await world.comeTo(A_WEEK_LATER);

  const interview = await world.store.interview(1);
  const report = words(await world.ask('mock report interview:1'));
  const percent = Number(/(\d+) % of what was asked/.exec(report)?.[1]);
  expect(interview?.state).toBe('ended');
  expect(percent).toBeGreaterThan(0);
  expect(Math.round((interview?.score ?? 0) / 10)).toBe(percent);
});

test('an interview that never got its room is closed in a direct message, not in the channel', async () => {
  const world = createWorld({ questions });
  await world.ask('mock solo');
  world.fake.next(refused);
  await world.tick();

  await world.comeTo(A_WEEK_LATER);

  const titles = world.fake.directs().map(({ reply }) => reply.title);
  expect(titles).toContain('Closed after a quiet week');
  expect(world.fake.posts()).toEqual([]);
});
