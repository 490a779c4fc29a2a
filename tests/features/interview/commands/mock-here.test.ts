import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, refused, words } from '../../../support/world.ts';

const questions = ['s1', 's2', 's3', 's4'].map((id) => freeTextItem(id));

/** Neither a thread nor a direct message could be opened. */
async function nowhere() {
  const world = createWorld({ questions });
  const asked = await world.ask('mock solo');
  world.fake.next(refused, refused);
  await world.tick();
  await world.tick();
  return { world, asked };
}

test('an interview that finds no room says so where it was asked for, and offers the channel', async () => {
  const { world } = await nowhere();

  const [post] = world.fake.posts();
  expect(post?.channel).toBe('daily');
  const told = words(post?.reply ?? { blocks: [] });
  expect(told).toContain('ana');
  expect(told).toContain('Give me Send Messages');

  const here = await world.press(post?.reply ?? { blocks: [] }, 'Use this channel');
  expect(words(here)).toContain('[Start]');
  const first = await world.press(here, 'Start');
  expect(first.title).toContain('Question 1');
  expect(first.visibility).toBeUndefined();
});

test('nobody else can take the interview into the channel', async () => {
  const { world } = await nowhere();
  const reply = world.fake.posts()[0]?.reply ?? { blocks: [] };

  const eves = await world.press(reply, 'Use this channel', { as: 'eve' });

  expect(words(eves)).toContain("isn't yours");
  expect((await world.store.interview(1))?.channel).toBe('');
});

test('an interview whose thread was deleted goes on elsewhere, with what was answered', async () => {
  const world = createWorld({ questions });
  const asked = await world.ask('mock solo');
  await world.tick();
  const room = await world.store.interview(1);

  await world.bot.gone('terminal', room?.thread ?? '');
  await world.tick();

  const notice = world.fake.directs().at(-1)?.reply ?? { blocks: [] };
  expect(words(notice)).toContain('was deleted');
  const card = await world.press(notice, 'Continue', { isDirect: true });
  expect(words(card)).toContain('[Start]');
  // The card takes the notice's place, so a second press can't show it again.
  expect(card.update).toBe(true);
  const there = await world.press(asked, 'Go to interview');
  expect(words(there)).toContain('was deleted');
  expect(words(await world.press(there, 'Use this channel'))).toContain('[Start]');
});

test('a peer interview whose thread was deleted is over, and both are told', async () => {
  const world = createWorld({ questions });
  await world.ask('help', { as: 'bo' });
  await world.ask('mock peer with:@bo');
  await world.ask('peer accept session:1', { as: 'bo' });
  await world.tick();
  const session = await world.store.peerSession(1);

  await world.bot.gone('terminal', session?.thread ?? '');
  await world.tick();

  expect((await world.store.peerSession(1))?.state).toBe('missed');
  const told = world.fake.directs().slice(-2);
  expect(told.map(({ account }) => account).sort()).toEqual(['terminal:ana', 'terminal:bo']);
  for (const { reply } of told) expect(words(reply)).toContain('[Invite again]');
});

test('a schedule whose channel was deleted stops, and its admin can choose another', async () => {
  const world = createWorld();
  const schedule = await world.setUp();

  await world.bot.gone('terminal', 'daily');
  await world.tick();

  expect((await world.store.schedule(schedule.id))?.state).toBe('paused');
  const notice = world.fake.directs().at(-1)?.reply ?? { blocks: [] };
  expect(words(notice)).toContain('channel');
  expect(words(notice)).toContain('setup schedule:1 channel:');
});
