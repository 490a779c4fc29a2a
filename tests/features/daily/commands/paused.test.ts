import { expect, test } from 'vitest';
import { createWorld, words } from '../../../support/world.ts';

const ADMIN = { admin: true };

/** A schedule that somebody has paused; it is 08:00 of Monday, an hour before the question. */
async function paused() {
  const world = createWorld();
  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays');
  await world.ask('daily pause', ADMIN);
  const before = await world.store.schedule(id);
  return { world, id, before };
}

test.each(['daily preview', 'daily skip', 'daily skip day:2026-03-04'])(
  'while a schedule is paused, %s names no next question but says how to go on',
  async (line) => {
    const { world, id } = await paused();

    const told = words(await world.ask(line, ADMIN));

    expect(told).toContain('paused');
    expect(told).toContain(`To resume it, run daily resume schedule:${id}.`);
    expect(told).not.toContain('2026-03-02T09:00');
    expect(told).not.toContain('2026-03-03T09:00');
  },
);

test('while a schedule is paused, daily skip leaves out no day that nobody named', async () => {
  const { world, id } = await paused();

  await world.ask('daily skip', ADMIN);

  expect(await world.store.schedule(id)).toMatchObject({ daysOff: [] });
});

test.each([
  ['2026-03-07', 'a Saturday'],
  ['2026-03-04', 'one that is left out already'],
  ['2026-03-02', 'one whose question is out'],
])('daily skip of %s, %s, says that no question comes then', async (day) => {
  const world = createWorld();
  const { id } = await world.setUp('time:09:00 zone:UTC days:weekdays');
  await world.ask('daily skip day:2026-03-04', ADMIN);
  await world.ask('daily now', ADMIN);

  const told = words(await world.ask(`daily skip day:${day}`, ADMIN));

  expect(told).toContain('This schedule has no upcoming question on');
  expect(await world.store.schedule(id)).toMatchObject({ daysOff: ['2026-03-04'] });
});

test('Undo after setup off leaves a schedule paused that was paused', async () => {
  const { world, id, before } = await paused();
  const card = await world.ask('setup off', ADMIN);

  const told = words(await world.press(card, 'Undo', ADMIN));

  expect(told).toContain('Paused');
  // When the next tick looks at it is not what was undone.
  expect(await world.store.schedule(id)).toEqual({ ...before, nextDueAt: expect.any(Date) });
  await world.comeTo('2026-03-02T09:00:00Z');
  expect(world.fake.posts()).toEqual([]);
});

test.each(['daily resume', 'setup on'])(
  '%s when nothing is paused keeps the question that is due at that moment',
  async (line) => {
    const world = createWorld();
    await world.setUp('time:09:00 zone:UTC days:weekdays');
    world.clock.moveTo(new Date('2026-03-02T09:00:20Z'));

    await world.ask(line, ADMIN);
    await world.tick();

    expect(world.fake.posts()).toHaveLength(1);
  },
);
