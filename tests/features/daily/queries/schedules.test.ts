import { expect, test } from 'vitest';
import { createWorld } from '../../../support/world.ts';

test('a process that takes a schedule has it alone, until it must have ended', async () => {
  const world = createWorld();
  const { id } = await world.setUp('time:20:00 zone:UTC');
  const at = world.clock.now();
  const until = new Date(at.getTime() + 60_000);

  const taken = await world.store.takeDueSchedules({ at, until, limit: 5 });
  const others = await world.store.takeDueSchedules({ at, until, limit: 5 });
  const later = await world.store.takeDueSchedules({ at: until, until, limit: 5 });

  expect(taken.map((schedule) => schedule.id)).toEqual([id]);
  expect(others).toEqual([]);
  expect(later.map((schedule) => schedule.id)).toEqual([id]);
});
