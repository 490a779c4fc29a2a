import { expect, test } from 'vitest';
import { close } from '../../../../src/features/daily/jobs/close.ts';
import { createWorld } from '../../../support/world.ts';

test('a question that cannot be closed does not keep the next one open', async () => {
  const world = createWorld();
  await world.setUp('time:09:00 zone:UTC days:weekdays');
  await world.setUp('time:10:00 zone:UTC days:weekdays');
  await world.comeTo('2026-03-02T09:00:00Z');
  await world.comeTo('2026-03-02T10:00:00Z');
  const [second, first] = await world.store.openPosts(await world.teamId());
  if (!first || !second) throw new Error('Two questions are open');
  const store = {
    ...world.store,
    firstAnswers: (id: number) =>
      id === first.id ? Promise.reject(new Error('broken')) : world.store.firstAnswers(id),
  };

  world.clock.moveTo(new Date('2026-03-03T09:30:00Z'));
  await close.run({ ...world.context, store } as typeof world.context);

  expect((await world.store.post(first.id))?.closedAt).toBeNull();
  expect((await world.store.post(second.id))?.closedAt).not.toBeNull();
  expect(world.events).toContainEqual(
    expect.objectContaining({ kind: 'failed', where: `closing post ${first.id}` }),
  );
});
