import { afterEach, expect, test, vi } from 'vitest';
import { type Reply, say } from '../../../src/spine/reply.ts';
import { answer, type Started, startAdapter } from '../../support/discord/adapter.ts';
import { slash } from '../../support/discord/gestures.ts';
import { later, until } from '../../support/waiting.ts';

let started: Started;
afterEach(async () => {
  vi.restoreAllMocks();
  vi.useRealTimers();
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

test('a clock that is set back while a reply is made does not put its promise off', async () => {
  const slow = later<Reply>();
  const { now } = Date;
  started = await startAdapter({
    deferAfterMs: 100,
    prepare: () => {
      vi.useFakeTimers({ toFake: ['Date'], now: now() - 3_600_000 });
      return answer(slow.promise);
    },
  });
  const { server, person } = started;

  slash(person('Ada'), 'question list');
  const isPromised = () =>
    server
      .sent()
      .some(({ path, body }) => /callback/.test(path) && /"type":5/.test(JSON.stringify(body)));
  await until(isPromised);

  slow.settle(say('At last'));
  vi.useRealTimers();
});
