import { test } from 'vitest';
import { startAdapter } from '../../support/discord/adapter.ts';
import { slash } from '../../support/discord/gestures.ts';
import { inTime } from '../../support/waiting.ts';

// They wait for pauses of discord.js, so they wait side by side.
test.concurrent.for([
  [4004, 'DISCORD_TOKEN'],
  [4013, '4013'],
  [4014, 'intents'],
] as const)(
  'a connection closed with %i is said to be lost, and made again when Discord allows it',
  async ([code, words], { expect, onTestFinished }) => {
    const started = await startAdapter();
    onTestFinished(started.stop);
    const { server, adapter, person } = started;
    const health = () => adapter.platform.health?.();
    expect(health()).toEqual({ ok: true });

    server.gateway.refuse(code);
    await expect.poll(health).toMatchObject({ ok: false });
    const first = health();
    // It goes on trying, and the words stay those of the reason.
    await expect
      .poll(() => started.events.filter(({ kind }) => kind === 'failed').length)
      .toBeGreaterThan(2);
    expect(health()).toMatchObject({ words: expect.stringContaining(words) });
    expect(health()).toMatchObject({ since: first && 'since' in first ? first.since : undefined });

    server.gateway.refuse(undefined);
    await expect.poll(health).toEqual({ ok: true });
    const done = slash(person('Ada'), 'question list');
    expect((await inTime(done.outcome)).kind).toBe('message');
  },
);

test.concurrent('a session that is forgotten is made again without a new client', async ({
  expect,
  onTestFinished,
}) => {
  const started = await startAdapter();
  onTestFinished(started.stop);
  const { server, adapter, person } = started;

  server.gateway.expireSessions();
  await expect.poll(() => server.gateway.intents.length).toBe(2);
  await expect.poll(() => adapter.platform.health?.()).toEqual({ ok: true });

  const done = slash(person('Ada'), 'question list');
  expect((await inTime(done.outcome)).kind).toBe('message');
});
