import { expect, test } from 'vitest';
import { createWorld, words } from '../support/world.ts';

test('setup once more for a channel and hour that run changes them and stops nothing', async () => {
  const world = createWorld();
  const { id, channel } = await world.setUp('time:09:00 zone:UTC days:weekdays');

  const reply = await world.ask(`setup channel:${channel} time:09:00 days:"mon wed"`, {
    admin: true,
  });

  expect(words(reply)).toContain('Changed');
  expect(await world.store.schedule(id)).toMatchObject({ state: 'on', days: '13' });
});

test('setup for another hour plans a schedule of its own', async () => {
  const world = createWorld();
  const { channel } = await world.setUp('time:09:00 zone:UTC days:weekdays');

  const reply = await world.ask(`setup channel:${channel} time:17:00`, { admin: true });

  expect(words(reply)).toContain('not on yet');
});
