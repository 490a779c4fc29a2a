import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';

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

  const anas = await world.ask(`leaderboard ${view}`, { as: 'ana' });
  const bos = await world.ask(`leaderboard ${view}`, { as: 'bo' });

  expect(words(anas)).toContain('ana');
  expect(words(anas)).not.toContain('(you)');
  expect(words(bos)).toBe(words(anas));
});

test.each(VIEWS)("one's own place comes in private: %s", async (view) => {
  const world = await answered();
  const board = await world.ask(`leaderboard ${view}`, { as: 'ana' });

  const mine = await world.press(board, 'My rank', { as: 'bo' });

  expect(mine.visibility).toBe('private');
  expect(words(mine)).toContain('bo (you)');
});

test('an estimate can be asked for in private, and so is what its buttons show', async () => {
  const world = createWorld();

  const step = await world.prepare({ kind: 'text', text: 'vram llama-3.1-8b 4090 private:yes' });
  const asked = await world.ask('vram llama-3.1-8b 4090 private:yes');

  expect(step.kind === 'run' && step.visibility).toBe('private');
  expect(asked.visibility).toBe('private');
  const runs = asked.blocks.flatMap((block) =>
    block.kind === 'buttons' ? block.buttons.map(({ run }) => run) : [],
  );
  expect(runs.length).toBeGreaterThan(0);
  for (const run of runs) expect(run).toMatch(/private:yes$/);
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

test('a chapter has a board of its own, and says so when it is left out', async () => {
  const world = await answered();

  const board = await world.ask('leaderboard chapter:5');

  expect(words(board)).toContain('1 | ana | 20');
  expect(words(await world.press(board, 'My rank', { as: 'bo' }))).toContain('bo (you)');
  expect(words(await world.ask('leaderboard view:chapter'))).toContain('Add a chapter');
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
