import { expect, test } from 'vitest';
import { buttonId } from '../../../../src/spine/button.ts';
import { createWorld, runOf, words } from '../../../support/world.ts';

const VIEWS = ['rank', 'week', 'month', 'season', 'all-time'];

async function answered() {
  const world = createWorld();
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.ask('answer 1 choice:b', { as: 'ana' });
  await world.ask('answer 1 choice:b', { as: 'bo' });
  await world.comeTo('2026-03-03T08:30:00Z');
  return world;
}

test.each(VIEWS)('a public board is the same for everyone: %s', async (view) => {
  const world = await answered();

  const anas = await world.ask(`leaderboard ${view} private:no`, { as: 'ana' });
  const bos = await world.ask(`leaderboard ${view} private:no`, { as: 'bo' });

  expect(words(anas)).toContain('ana');
  expect(words(anas)).not.toContain('(you)');
  expect(words(bos)).toBe(words(anas));
});

test.each(VIEWS)("one's own place is in one's own view: %s", async (view) => {
  const world = await answered();

  const mine = await world.ask(`leaderboard ${view}`, { as: 'bo' });

  expect(words(mine)).toContain('bo (you)');
});

test('an estimate is for the person who asks, until a press on Post here shows it to everyone', async () => {
  const world = createWorld();
  const line = 'vram llama-3.1-8b 4090';

  const step = await world.prepare({ kind: 'text', text: line });
  const asked = await world.ask(line);
  const id = buttonId(runOf(asked, 'Post here')).id;
  const posted = await world.prepare({ kind: 'button', id });

  expect(step).toMatchObject({ kind: 'run', visibility: 'private' });
  expect(posted).toMatchObject({ kind: 'run', visibility: 'public' });
  const reply = await world.press(asked, 'Post here');
  expect(words(reply)).toContain('Needs 17.7 GiB');
  expect(words(reply)).not.toContain('Post here');
  expect(words(await world.press(asked, 'Steps and assumptions'))).not.toContain('Post here');
  expect(words(await world.ask(line, { isDirect: true }))).not.toContain('Post here');
});

test('groups compete by the mean of their best, and a group goes with its last member', async () => {
  const world = createWorld({ isUnlimited: true });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  const crew = ['ana', 'bo', 'cy', 'di', 'eva', 'fay'];
  for (const [at, as] of crew.entries()) {
    await world.ask(`leaderboard group join ${at < 3 ? 'blue' : 'Red Team'}`, { as });
    await world.ask(`answer 1 try:1 choice:${at === 0 ? 'a' : 'b'}`, { as });
  }
  const board = words(await world.ask('leaderboard groups'));
  expect(board).toContain('1 | Red Team | 20');
  expect(board).toContain('2 | blue | 13.3');

  // Names are the same in any case, and whoever hides is not counted.
  await world.ask('leaderboard group join "red team"', { as: 'ana' });
  await world.ask('me hide', { as: 'di' });
  expect(words(await world.ask('leaderboard groups'))).toContain('| blue | needs 3 people');
  for (const as of ['bo', 'cy']) await world.ask('leaderboard group leave', { as });
  expect(words(await world.ask('leaderboard group', { as: 'bo' }))).not.toContain('blue |');
  expect(
    words(await world.ask('leaderboard group remove name:"red team"', { as: 'bo' })),
  ).toContain('Only admins');
  await world.ask('leaderboard group remove name:"red team"', { admin: true });
  expect(words(await world.ask('leaderboard groups'))).toContain('no groups yet');
});

test('admins choose what boards show, and everyone still sees their own place', async () => {
  const world = createWorld({ isUnlimited: true });
  await world.setUp();
  await world.comeTo('2026-03-02T09:00:00Z');
  const crew = ['ana', 'bo', 'cy', 'di'];
  for (const as of crew)
    await world.ask(`answer 1 try:1 choice:${as === 'di' ? 'a' : 'b'}`, { as });
  expect(words(await world.ask('leaderboard place'))).toContain('once 5 people');
  await world.ask('answer 1 try:1 choice:a', { as: 'eva' });

  await world.ask('leaderboard show:places', { admin: true });
  const place = await world.ask('leaderboard', { as: 'bo' });
  expect(place.visibility).toBe('private');
  expect(words(place)).toContain("You're in the top 20% of 5 people, with 20 points.");
  expect(words(await world.ask('leaderboard week', { as: 'di' }))).toContain(
    '20 points more would put you in the top half of 5 people',
  );
  expect(words(await world.ask('me', { as: 'bo' }))).not.toContain('Rank:');

  const off = await world.ask('leaderboard show:off', { admin: true });
  expect(words(await world.ask('leaderboard groups'))).toContain('Leaderboards are off');
  expect(words(await world.ask('leaderboard show:names', { as: 'bo' }))).toContain(
    'admins can use',
  );
  await world.press(off, 'Undo', { admin: true });
  expect(words(await world.ask('leaderboard', { as: 'bo' }))).toContain('top 20%');
});
