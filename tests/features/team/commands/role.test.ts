import { expect, test } from 'vitest';
import { singleItem } from '../../../support/items.ts';
import { createWorld, words } from '../../../support/world.ts';

const BOSS = 'terminal:T1 terminal:boss';
const admin = { as: 'boss', admin: true };
const member = { as: 'mia' };
/** The direct message of somebody with the bot on Discord, which belongs to a team of one. */
const alone = { as: 'boss', admin: true, team: '@boss' };

/** A schedule that the boss set up, and a suggestion that waits. */
async function suggested() {
  const world = createWorld({ questions: [singleItem('q1')] });
  await world.setUp('time:09:00 zone:UTC days:weekdays', admin);
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('me', member);
  await world.store.saveSuggestion(
    {
      teamId: await world.teamId(),
      authorId: await world.personId('mia'),
      questionId: 'own-x',
      draft: { prompt: 'A secret of the team?' },
      state: 'suggested',
      platform: 'terminal',
      changedAt: world.clock.now(),
    },
    { most: 10, announce: () => [] },
  );
  return world;
}

test('who manages the server now decides in a direct message, also without a schedule', async () => {
  const world = await suggested();
  world.fake.admins.set('terminal:T1 terminal:new', true);

  for (const from of [alone, { as: 'new', admin: true, team: '@new' }])
    expect(words(await world.ask('question preview suggestion:1', from))).toContain('A secret');
});

test('whoever set up a schedule and manages the server no longer has no right in a direct message', async () => {
  const world = await suggested();
  await world.ask('question report q1 text:"Unclear"', member);
  world.fake.admins.set(BOSS, false);

  for (const line of ['question preview suggestion:1', 'question decline 1 reason:"No."'])
    expect(words(await world.ask(line, alone))).toContain("can't find suggestion 1");
  expect(words(await world.ask('report close 1 fine', alone))).toContain("can't find report 1");
  expect(words(await world.ask('question list', { as: 'boss' }))).not.toContain('A secret');
});

test('while the platform does not say who manages the server nobody does, in words', async () => {
  const world = await suggested();
  world.fake.admins.set(BOSS, undefined);

  const reply = await world.ask('question preview suggestion:1', alone);

  expect(words(reply)).toContain("didn't tell me whether you still manage this team");
  expect(words(reply)).not.toContain('A secret');
});

test('the author of a suggestion sees it whatever the platform says', async () => {
  const world = await suggested();

  const reply = await world.ask('question preview suggestion:1', {
    as: 'mia',
    admin: true,
    team: '@mia',
  });

  expect(words(reply)).toContain('A secret');
});

test('what members write goes to no former admin', async () => {
  const world = await suggested();
  world.fake.admins.set(BOSS, false);

  const reply = await world.ask('question report q1 text:"Unclear"', member);
  await world.tick();

  expect(words(reply)).toContain('An admin will look at it');
  expect(world.fake.directs()).toEqual([]);
});

test('a workspace that the bot has left gives nobody a right', async () => {
  const world = await suggested();
  await world.bot.left('terminal:T1');

  expect(words(await world.ask('question preview suggestion:1', alone))).toContain(
    "can't find suggestion 1",
  );
});
