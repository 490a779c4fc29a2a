import { expect, test } from 'vitest';
import { createWorld, type World, words } from '../../../support/world.ts';

const WORKSPACE = 'terminal:T1';

/** A team whose daily question comes at nine. */
async function team() {
  const world = createWorld();
  await world.setUp();
  return world;
}

const stop = (world: World, isStopped = true) =>
  world.store.stopWorkspace({
    workspace: WORKSPACE,
    isStopped,
    note: 'too loud',
    at: world.clock.now(),
  });

test.each([
  ['typed words', { kind: 'text', text: 'leaderboard' }],
  ['a button', { kind: 'button', id: '1:leaderboard' }],
  ['a form that would open', { kind: 'text', text: 'setup change' }],
] as const)('in a stopped workspace %s get a private sentence', async (_, said) => {
  const world = await team();
  await stop(world);

  const step = await world.prepare(said, { admin: true });

  if (step.kind !== 'run') throw new Error(step.kind);
  expect(step.visibility).toBe('private');
  expect(words(await step.run())).toMatch(/turned off in this .* by the person who hosts it/);
  world.close();
});

test('in a stopped workspace words that are for nobody stay without an answer', async () => {
  const world = await team();
  await stop(world);

  expect(await world.prepare({ kind: 'words', text: 'lunch?' })).toEqual({ kind: 'nothing' });
  world.close();
});

test('a stopped workspace gets no posts, and goes on when it is started', async () => {
  const world = await team();
  expect(await stop(world)).toBe(true);
  expect(await stop(world)).toBe(false);

  await world.comeTo('2026-03-02T09:00:00Z');
  await world.comeTo('2026-03-02T23:00:00Z');
  expect(world.fake.sent).toEqual([]);
  expect((await world.store.backlog('terminal', world.clock.now())).slotDueSince).toBeUndefined();

  expect(await stop(world, false)).toBe(true);
  await world.comeTo('2026-03-03T09:00:00Z');
  expect(world.fake.posts().map(({ channel }) => channel)).toEqual(['daily']);
  expect(words(await world.ask('leaderboard'))).not.toContain('turned off');
  world.close();
});

test('who stopped and started a workspace and why is kept', async () => {
  const world = await team();
  await stop(world);
  expect(await world.store.workspaceChanges()).toMatchObject([
    { workspaceId: WORKSPACE, what: 'stopped', note: 'too loud', at: world.clock.now() },
  ]);

  await stop(world, false);
  expect(await world.store.workspaceChanges()).toMatchObject([{ what: 'started' }]);
  expect(await world.store.listWorkspaces()).toMatchObject([
    { id: WORKSPACE, people: 1, leftAt: null, stoppedAt: null },
  ]);
  world.close();
});

const message = (teamId: string, world: World, what = 'notice') => ({
  key: what,
  teamId,
  platform: 'terminal' as const,
  what,
  outgoing: { kind: 'post' as const, channel: 'daily', reply: { blocks: [] }, key: what },
  state: 'due' as const,
  dueAt: world.clock.now(),
  at: world.clock.now(),
});

test.each(['removed', 'stopped'])(
  'what waits to be sent is not sent where the bot is %s',
  async (how) => {
    const world = await team();
    await world.store.addOutgoing([message(await world.teamId(), world)]);
    if (how === 'stopped') await stop(world);
    else await world.bot.left(WORKSPACE);

    await world.tick();

    expect(world.fake.sent).toEqual([]);
    expect((await world.store.backlog('terminal', world.clock.now())).waiting).toBe(0);
    world.close();
  },
);

test('a question on its way when the bot is removed counts as not sent', async () => {
  const world = await team();
  world.clock.moveTo(new Date('2026-03-02T09:00:00Z'));
  const { platform } = world.fake;
  world.context.platforms.get('terminal');
  platform.send = async () => ({
    ok: false,
    outcome: 'busy',
    problem: { code: 'rate-limited', words: 'wait' },
    retryAfterMs: 60_000,
  });
  await world.tick();
  await world.bot.left(WORKSPACE);
  await world.comeTo('2026-03-02T09:05:00Z');

  expect(await world.store.post(1)).toMatchObject({ state: 'failed' });
  world.close();
});

test('added again before its data goes, a workspace has its posts again without anybody saying a word', async () => {
  const world = await team();
  await world.bot.left(WORKSPACE);
  await world.comeTo('2026-03-20T08:00:00Z');
  await world.bot.joined(WORKSPACE);

  await world.comeTo('2026-05-20T09:00:00Z');

  expect(world.fake.posts().at(-1)?.channel).toBe('daily');
  expect(await world.store.listWorkspaces()).toHaveLength(1);
  world.close();
});

test('what was said before the removal and is heard after it does not keep the data', async () => {
  const world = await team();
  await world.bot.left(WORKSPACE);
  await world.ask('help', { as: 'somebody new' });

  await world.comeTo('2026-04-02T08:00:00Z');

  expect(await world.store.listWorkspaces()).toEqual([]);
  world.close();
});

test('a second word of the removal does not put off the deletion', async () => {
  const world = await team();
  await world.bot.left(WORKSPACE);
  await world.comeTo('2026-03-20T08:00:00Z');
  await world.bot.left(WORKSPACE);

  await world.comeTo('2026-04-02T08:00:00Z');

  expect(await world.store.listWorkspaces()).toEqual([]);
  world.close();
});

test('what happened while the bot was away is made up for at its start', async () => {
  const world = createWorld();
  for (const of of ['T1', 'T2', '@ana']) await world.ask('me', { team: of });
  await world.bot.left('terminal:T1');

  await world.bot.present('terminal', ['terminal:T1', 'terminal:T3']);

  const all = await world.store.listWorkspaces();
  const gone = all.filter(({ leftAt }) => leftAt).map(({ id }) => id);
  expect(gone).toEqual(['terminal:T2']);
  world.close();
});
