import { afterEach, expect, test } from 'vitest';
import { startSlack } from '../../../src/adapters/slack/index.ts';
import type { Adapter } from '../../../src/spine/platform.ts';
import { say } from '../../../src/spine/reply.ts';
import type { Rejection } from '../../support/slack/server.ts';
import { createSlackStage, type SlackStage } from '../../support/slack/stage.ts';
import { runs, stubBot } from '../../support/slack/stub-bot.ts';

let slack: SlackStage;
let adapter: Adapter;
afterEach(async () => {
  await adapter.stop();
  await slack.stop();
});

async function start(mode: 'socket' | 'http') {
  slack = await createSlackStage({ mode });
  adapter = await startSlack({
    bot: stubBot(() => runs(say('Heard.'))),
    ...slack.tokens,
    port: slack.port,
    apiUrl: slack.apiUrl,
    emit: () => {},
    clock: { now: () => new Date() },
    checkEveryMs: 100,
  });
}

const health = () => adapter.platform.health?.();
const hears = async () => {
  const seen = await slack.stage.actor('ana').command('leaderboard why');
  return seen.kind === 'message' && seen.text;
};

test.each([
  ['invalid_auth', { ok: false, error: 'invalid_auth' }],
  ['internal_error', { ok: false, error: 'internal_error' }],
  ['503', 503],
  ['a dropped connection', 'dropped'],
] satisfies [string, Rejection][])(
  'a socket that Slack refuses once with %s is said to be lost, and comes back',
  async (error, rejection) => {
    await start('socket');
    expect(health()).toEqual({ ok: true });

    slack.server.reject('apps.connections.open', rejection);
    for (const socket of slack.server.sockets) socket.terminate();
    await expect.poll(health).toMatchObject({
      ok: false,
      words: expect.stringContaining(error === 'invalid_auth' ? 'SLACK_APP_TOKEN' : 'connection'),
    });

    slack.server.reject('apps.connections.open', undefined);
    await expect.poll(health).toEqual({ ok: true });
    expect(await hears()).toBe('Heard.');
  },
);

test.each(['socket', 'http'] as const)(
  'over %s a bot token that is withdrawn is noticed, and so is its return',
  async (mode) => {
    await start(mode);

    slack.server.reject('auth.test', { ok: false, error: 'token_revoked' });
    await expect.poll(health).toMatchObject({
      ok: false,
      words: expect.stringContaining('SLACK_BOT_TOKEN'),
    });

    slack.server.reject('auth.test', undefined);
    await expect.poll(health).toEqual({ ok: true });
    expect(await hears()).toBe('Heard.');
  },
);
