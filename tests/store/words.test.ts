import { expect, test } from 'vitest';
import { createWorld, words } from '../support/world.ts';

test.each([
  'Slack rejected it.',
  '[typo] in option B',
  '"quoted" from end to end',
  ['Run ', { command: 'setup' }, ' to see why.'],
])('words of a problem are kept with their spans: %j', async (problem) => {
  const world = createWorld();
  await world.setUp();
  world.fake.next({
    ok: false,
    outcome: 'refused',
    problem: { code: 'missing-permission', words: problem },
  });

  await world.comeTo('2026-03-02T09:00:00Z');

  const [row] = await world.store.recentProblems(await world.teamId(), 5);
  expect(row?.problem).toEqual(problem);
  expect((await world.store.post(1))?.problem).toEqual(problem);
});

test('a command in a problem is one in the notice, among the errors and in the history', async () => {
  const world = createWorld();
  await world.setUp();
  const command = { command: 'setup' };
  world.fake.next({
    ok: false,
    outcome: 'refused',
    problem: { code: 'missing-permission', words: ['Run ', command, '.'] },
  });
  await world.comeTo('2026-03-02T09:00:00Z');

  const replies = [
    world.fake.directs()[0]?.reply ?? { blocks: [] },
    await world.ask('setup log', { admin: true }),
    await world.ask('daily history', { admin: true }),
  ];

  for (const reply of replies) {
    expect(words(reply)).toContain('Run setup.');
    expect(JSON.stringify(reply)).toContain(JSON.stringify(command));
  }
});
