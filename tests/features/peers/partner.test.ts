import { expect, test } from 'vitest';
import { createWorld, runOf, words } from '../../support/world.ts';

/** A team of four who have answered, two of them with one first name; and somebody of another team. */
async function team() {
  const world = createWorld({ platform: 'slack' });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  for (const as of ['ana', 'Bob', 'Mira Sun', 'Mira Lee'])
    await world.ask('answer 1 try:1 choice:b', { as });
  await world.ask('daily', { as: 'Zed', team: 'T2' });
  return world;
}

test.each([
  'mock peer @bob',
  'mock peer Bob',
  'mock with:bob',
  'mock with Bob',
  'mock peer bob hard',
])('%s invites the teammate with that name', async (line) => {
  const world = await team();

  expect(words(await world.ask(line))).toContain("I've invited Bob.");
});

test.each(['mock peer <@slack:carol|carol>', 'mock <@slack:carol> peer hard'])(
  '%s reaches the person of the mention',
  async (line) => {
    const world = createWorld({ platform: 'slack' });

    const reply = await world.ask(line);

    expect(words(reply)).toContain("I've invited your teammate");
    expect(await world.store.personOfAccount('slack:carol')).toBeDefined();
  },
);

test('two people of one name are offered, and the button invites the one', async () => {
  const world = await team();

  const reply = await world.ask('mock peer mira hard');

  expect(words(reply)).toContain('More than one person here is called "mira".');
  expect(words(reply)).toContain('[Invite Mira Lee] [Invite Mira Sun]');
  expect(runOf(reply, 'Invite Mira Sun')).toBe('mock mode:peer with:"slack:Mira Sun" level:hard');
  expect(words(await world.press(reply, 'Invite Mira Lee'))).toContain("I've invited Mira Lee.");
});

test('an unknown name is refused with the team, the nearest first', async () => {
  const world = await team();

  const reply = words(await world.ask('mock peer @bop'));

  expect(reply).toContain('I can\'t find "bop" here.');
  expect(reply).toContain('[Invite Bob]');
  expect(reply).not.toContain('Zed');
  expect(reply).not.toContain('Invite ana');
});

test('somebody who hides their name is not offered, and found by it', async () => {
  const world = await team();
  await world.ask('me hide', { as: 'Bob' });

  expect(words(await world.ask('mock peer @bop'))).not.toContain('Invite Bob');
  expect(words(await world.ask('mock peer @bob'))).toContain("I've invited Bob.");
});

test('a channel of Slack needs no name in front', async () => {
  const world = createWorld({ platform: 'slack' });

  await world.ask('setup <#C0RANDOM7|random> 10:00 weekdays', { admin: true });

  const [schedule] = await world.store.scheduleDrafts(await world.teamId());
  expect(schedule).toMatchObject({ channel: 'C0RANDOM7', time: '10:00' });
});
