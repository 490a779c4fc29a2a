import { afterEach, expect, test, vi } from 'vitest';
import { say } from '../../../src/bot/reply.ts';
import { type Started, startAdapter } from '../../support/discord-adapter.ts';

let started: Started;
afterEach(async () => {
  vi.restoreAllMocks();
  await started.stop();
});

test('a clock that is set back an hour does not hold up what is sent', async () => {
  // Discord's client asks the clock itself when a limit ends.
  const { now } = Date;
  let shiftMs = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now() + shiftMs);
  started = await startAdapter();
  const { platform } = started.adapter;
  const channel = started.server.world.main.id;
  const post = (key: string) => platform.send({ kind: 'post', channel, reply: say(key), key });
  expect(await post('before')).toMatchObject({ ok: true });

  shiftMs = -3_600_000;
  platform.setBack?.();
  const sent = await Promise.all(Array.from({ length: 60 }, (_, index) => post(`after ${index}`)));

  expect(sent.filter(({ ok }) => !ok)).toEqual([]);
});
