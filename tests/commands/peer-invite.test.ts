import { expect, test } from 'vitest';
import { spokenItem } from '../support/items.ts';
import { createWorld, refused, words } from '../support/world.ts';

const questions = ['s1', 's2', 's3', 's4'].map((id) => spokenItem(id));
const ANA = { as: 'T1/ana', team: 'T1' };

test('a colleague who has never spoken to the bot can be invited', async () => {
  const world = createWorld({ platform: 'slack', questions });

  const reply = await world.ask('mock peer with:slack:T1/bo', ANA);
  await world.tick();

  expect(words(reply)).toContain('I have asked your colleague');
  expect(world.fake.directs().map(({ account }) => account)).toEqual(['slack:T1/bo']);
});

test('nobody of another workspace or platform can be invited by a typed account', async () => {
  const world = createWorld({ platform: 'slack', questions });
  await world.ask('help', { as: 'T2/eve', team: 'T2' });

  const replies = [
    await world.ask('mock peer with:slack:T2/eve', ANA),
    await world.ask('mock peer with:discord:42', ANA),
  ];
  await world.tick();

  for (const reply of replies) expect(words(reply)).toContain('I do not find');
  expect(world.fake.sent).toEqual([]);
});

test('when the room of two cannot be opened, both hear it and the interview is over', async () => {
  const world = createWorld({ platform: 'slack', questions });
  await world.ask('mock peer with:slack:T1/bo', ANA);
  await world.tick();
  await world.ask('peer accept session:1', { as: 'T1/bo', team: 'T1' });
  world.fake.next(refused);

  await world.tick();

  const told = world.fake.directs().filter(({ reply }) => /no room/i.test(reply.title ?? ''));
  expect(told.map(({ account }) => account).sort()).toEqual(['slack:T1/ana', 'slack:T1/bo']);
  expect(told.map(({ reply }) => words(reply)).join()).toContain('I may not post in this channel');
  expect((await world.store.peerSession(1))?.state).toBe('missed');
});
