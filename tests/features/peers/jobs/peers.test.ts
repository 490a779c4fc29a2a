import { expect, test } from 'vitest';
import { freeTextItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const questions = ['s1', 's2', 's3', 's4'].map((id) => freeTextItem(id));
const ANA = { as: 'ana' };
const BO = { as: 'bo' };
const CY = { as: 'cy' };
const evenings = 'peer lobby hours:17-20 level:hard';

test('the lobby opens a room when both have time, not when they ask for it', async () => {
  const world = createWorld({ questions });
  await world.ask(evenings, ANA);
  await world.ask(evenings, BO);

  await world.tick();
  const atOnce = await world.store.peerSession(1);
  await world.comeTo('2026-03-02T16:59:00Z');
  const before = await world.store.peerSession(1);
  await world.comeTo('2026-03-02T17:00:00Z');

  expect([atOnce, before]).toEqual([undefined, undefined]);
  const session = await world.store.peerSession(1);
  expect([session?.state, session?.dueAt?.toISOString()]).toEqual([
    'waiting',
    '2026-03-02T17:15:00.000Z',
  ]);
  expect(await world.store.lobbyEntries()).toEqual([]);
});

test('hours are those of each one’s own zone', async () => {
  const world = createWorld({ questions });
  // 13:30 to 16:30 and 15:00 to 17:00 in UTC.
  await world.ask('peer lobby hours:19-22', { ...ANA, zone: 'Asia/Kolkata' });
  await world.ask('peer lobby hours:10-12', { ...BO, zone: 'America/New_York' });

  await world.comeTo('2026-03-02T14:59:00Z');
  const before = await world.store.peerSession(1);
  await world.comeTo('2026-03-02T15:00:00Z');

  expect(before).toBeUndefined();
  expect((await world.store.peerSession(1))?.state).toBe('waiting');
});

test('the lobby says in which hours somebody waits and when a room can open', async () => {
  const world = createWorld({ questions });

  const alone = await world.ask('peer lobby hours:17-20 level:hard', {
    ...ANA,
    zone: 'Europe/Berlin',
  });
  const both = await world.ask('peer lobby hours:18:30-23', { ...BO, zone: 'UTC' });
  const other = await world.ask('peer lobby level:easy', CY);

  expect(words(alone)).toContain(
    "You're in the lobby, level hard, from 17:00 to 20:00 (Europe/Berlin).",
  );
  expect(words(alone)).toContain('from 2026-03-02T16:00:00.000Z at the earliest');
  expect(words(both)).toContain('You both have time from 2026-03-02T18:30:00.000Z');
  expect(words(other)).toContain('You both have time from 2026-03-02T18:30:00.000Z');
});

test.each([
  ['17-17:20', 'An interview takes 30 minutes'],
  ['17-20-22', "I can't read the hours"],
  ['after lunch', "I can't read the hours"],
])('hours in which no interview can be are refused: %s', async (typed, said) => {
  const world = createWorld({ questions });

  const reply = await world.ask(`peer lobby hours:"${typed}"`, ANA);

  expect(words(reply)).toContain(said);
  expect(await world.store.lobbyEntries()).toEqual([]);
});

test('whoever waited in vain is in the lobby again with the level and the hours they asked for', async () => {
  const world = createWorld({ questions });
  await world.ask(evenings, ANA);
  await world.ask('peer lobby', BO);
  await world.comeTo('2026-03-02T17:00:00Z');
  await world.ask('peer here session:1', ANA);

  await world.comeTo('2026-03-02T17:16:00Z');

  const told = world.fake.directs().map(({ reply }) => words(reply));
  expect(told[0]).toContain('the front of the lobby, level hard, from 17:00 to 20:00 (UTC)');
  expect(await world.store.lobbyEntries()).toMatchObject([
    {
      personId: await world.personId('ana'),
      level: 'hard',
      fromMinute: 17 * 60,
      untilMinute: 20 * 60,
      zone: 'UTC',
    },
  ]);
});

test('an invitation leaves both in the lobby until it is accepted', async () => {
  const world = createWorld({ questions });
  await world.ask('peer lobby hours:1-2', BO);
  await world.ask('mock peer with:@bo', ANA);
  const invited = await world.store.lobbyEntries();

  await world.ask('peer accept session:1', BO);

  expect(invited).toHaveLength(1);
  expect(await world.store.lobbyEntries()).toEqual([]);
});

test('two who are matched twice at once get one room', async () => {
  const world = createWorld({ questions });
  await world.ask('peer lobby', ANA);
  await world.ask('peer lobby', BO);
  const [one, other] = await world.store.lobbyEntries();
  if (!one || !other) throw new Error('Both wait');
  const session = {
    teamId: one.teamId,
    platform: one.platform,
    origin: one.channel,
    firstId: one.personId,
    secondId: other.personId,
    firstAccount: one.account,
    secondAccount: other.account,
    questions: [[], []] as [string[], string[]],
    state: 'opening' as const,
    createdAt: world.clock.now(),
  };

  const opened = await Promise.all([
    world.store.matchPeers(session, () => []),
    world.store.matchPeers(session, () => []),
  ]);

  expect(opened.filter(Boolean)).toHaveLength(1);
});
