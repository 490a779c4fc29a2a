import { afterEach, expect, test } from 'vitest';
import { type Started, startAdapter } from '../../support/discord/adapter.ts';
import { slash } from '../../support/discord/gestures.ts';
import { withinSeconds } from '../../support/discord/stage.ts';

let started: Started;
afterEach(() => started.stop());

test.each([
  [4004, 'DISCORD_TOKEN'],
  [4013, '4013'],
  [4014, 'intents'],
])(
  'a connection closed with %i is said to be lost, and made again when Discord allows it',
  async (code, words) => {
    started = await startAdapter();
    const { server, adapter, person } = started;
    const health = () => adapter.platform.health?.();
    expect(health()).toEqual({ ok: true });

    server.gateway.refuse(code);
    await expect.poll(health, { timeout: 5000 }).toMatchObject({ ok: false });
    const first = health();
    // It goes on trying, and the words stay those of the reason.
    await expect
      .poll(() => started.events.filter(({ kind }) => kind === 'failed').length, {
        timeout: 10_000,
      })
      .toBeGreaterThan(2);
    expect(health()).toMatchObject({ words: expect.stringContaining(words) });
    expect(health()).toMatchObject({ since: first && 'since' in first ? first.since : undefined });

    server.gateway.refuse(undefined);
    await expect.poll(health, { timeout: 15_000 }).toEqual({ ok: true });
    const done = slash(person('Ada'), 'question list');
    expect((await withinSeconds(done.outcome, 10)).kind).toBe('message');
  },
  40_000,
);

test('a session that is forgotten is made again without a new client', async () => {
  started = await startAdapter();
  const { server, adapter, person } = started;

  server.gateway.expireSessions();
  await expect.poll(() => server.gateway.intents.length, { timeout: 10_000 }).toBe(2);
  await expect.poll(() => adapter.platform.health?.(), { timeout: 10_000 }).toEqual({ ok: true });

  const done = slash(person('Ada'), 'question list');
  expect((await withinSeconds(done.outcome, 10)).kind).toBe('message');
}, 40_000);
