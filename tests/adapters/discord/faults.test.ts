import { type TestContext, test } from 'vitest';
import { startDiscord } from '../../../src/adapters/discord/index.ts';
import { UserError } from '../../../src/spine/errors.ts';
import { type Reply, say } from '../../../src/spine/reply.ts';
import { answer, type Started, type Stub, startAdapter } from '../../support/discord/adapter.ts';
import { slash } from '../../support/discord/gestures.ts';
import { ANSWERS, createDiscordServer } from '../../support/discord/server.ts';
import { visible } from '../../support/discord/visible.ts';
import { inTime, later, until } from '../../support/waiting.ts';

/** The adapter, until the test is over: the tests wait for discord.js, so they wait side by side. */
async function start({ onTestFinished }: TestContext, stub: Stub = {}): Promise<Started> {
  const started = await startAdapter(stub);
  onTestFinished(started.stop);
  return started;
}

const texts = ({ server: { world } }: Started) =>
  (world.messages.get(world.main.id) ?? []).map((message) => visible(message).text);
const failures = ({ events }: Started) => events.filter(({ kind }) => kind === 'failed');

test.concurrent.for(['error', 'lose', 'busy'] as const)(
  'an answer on which Discord has a fault ("%s") is shown once all the same',
  async (how, at) => {
    const { expect } = at;
    const started = await start(at, { prepare: () => answer(say('The KV cache')) });
    const { server, person } = started;
    server.fail(how, 1, ANSWERS);

    await inTime(slash(person('Ada'), 'question list').outcome);
    await until(() => server.sent().filter(({ path }) => path.endsWith('/callback')).length === 2);

    expect(texts(started)).toEqual(['The KV cache']);
    expect(failures(started)).toEqual([]);
  },
);

test.concurrent('a promised answer on which Discord has a fault is shown all the same', async (at) => {
  const { expect } = at;
  const slow = later<Reply>();
  const started = await start(at, { prepare: () => answer(slow.promise), deferAfterMs: 20 });
  const { server, person } = started;

  const { outcome } = slash(person('Ada'), 'question list');
  await until(() => server.sent().some(({ path }) => path.endsWith('/callback')));
  server.fail('error', 1, ANSWERS);
  slow.settle(say('Slow words'));
  await inTime(outcome);

  expect(texts(started)).toEqual(['Slow words']);
  expect(failures(started)).toEqual([]);
});

test.concurrent('the limit for everything holds back the sends, not the answers', async (at) => {
  const { expect } = at;
  const started = await start(at);
  const { server, adapter, person } = started;
  const post = (key: string) =>
    adapter.platform.send({ kind: 'post', channel: server.world.main.id, reply: say(key), key });
  server.fail('busy everywhere', 1);

  const first = await post('first');
  const second = await post('second');
  await inTime(slash(person('Ada'), 'question list').outcome, 2000);

  expect(first).toMatchObject({ ok: false, outcome: 'busy', retryAfterMs: 3050 });
  expect(second).toMatchObject({ ok: false, outcome: 'busy' });
  expect(texts(started)).toEqual(['Hello']);
});

test.concurrent('a server that stays unavailable holds back the start for two seconds only', async (at) => {
  const began = performance.now();
  const { person } = await start(at, { server: { isGuildDown: true } });

  at.expect(performance.now() - began).toBeLessThan(10_000);
  await inTime(slash(person('Ada'), 'question list').outcome);
});

test.concurrent.for([
  ['asks it to reconnect', (at: Started) => at.server.gateway.askToReconnect(), 1],
  ['has forgotten its session', (at: Started) => at.server.gateway.expireSessions(), 2],
  ['closes the connection', (at: Started) => at.server.gateway.closeWith(4000), 1],
] as const)('when the gateway %s the bot comes back by itself', async ([, act, identified], at) => {
  const started = await start(at);
  const { server, person, requests } = started;
  const { intents } = server.gateway;

  act(started);
  await until(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return intents.length === identified;
  });
  const ada = person('Ada');
  await until(async () => {
    if (requests.length > 0) return true;
    slash(ada, 'question list');
    await new Promise((resolve) => setTimeout(resolve, 200));
    return false;
  });

  at.expect(intents).toHaveLength(identified);
});

test.concurrent('heartbeats keep the connection', async (at) => {
  const { server, person } = await start(at, { server: { heartbeatMs: 500 } });

  await until(() => server.gateway.heartbeats() >= 4);
  await inTime(slash(person('Ada'), 'question list').outcome);

  at.expect(server.gateway.intents).toHaveLength(1);
});

test.concurrent('a token that is taken back later is told in words', async (at) => {
  const { expect } = at;
  const { server, events } = await start(at);

  server.gateway.closeWith(4004);
  await until(() => events.length > 0);

  expect(events[0]).toMatchObject({ kind: 'failed', where: 'discord connection' });
  expect(String(events[0]?.kind === 'failed' && events[0].error)).toContain('DISCORD_TOKEN');
});

test.concurrent('commands that Discord cannot take now are told to it later', async ({
  expect,
}) => {
  const server = await createDiscordServer();
  server.fail('error', 4, /commands$/);
  const bot = {
    commands: [],
    prepare: async () => answer(say('x')),
    suggest: async () => [],
    named: (name: string) => ({ name, options: [] }),
    storeDelivery: async () => undefined,
    left: async () => undefined,
    joined: async () => undefined,
    present: async () => undefined,
    gone: async () => {},
  };
  const events: { kind: string }[] = [];

  const began = performance.now();
  const adapter = await startDiscord({
    bot,
    token: server.token,
    apiUrl: server.url,
    emit: (event) => events.push(event),
    clock: { now: () => new Date() },
  });
  await adapter.stop();
  await server.stop();

  expect(performance.now() - began).toBeLessThan(25_000);
  expect(events).toMatchObject([{ kind: 'failed', where: 'discord commands' }]);
});

test.concurrent.for([
  ['no server', undefined, "can't reach"],
  ['a fault', 'error', "I can't start on Discord"],
] as const)('a start on %s is refused in words', async ([, fault, words], { expect }) => {
  const server = await createDiscordServer();
  if (fault) server.fail(fault, 10, /gateway/);
  else await server.stop();

  const starting = startDiscord({
    bot: {
      commands: [],
      prepare: async () => answer(say('x')),
      suggest: async () => [],
      named: (name: string) => ({ name, options: [] }),
      storeDelivery: async () => undefined,
      left: async () => undefined,
      joined: async () => undefined,
      present: async () => undefined,
      gone: async () => {},
    },
    token: server.token,
    apiUrl: server.url,
    emit: () => undefined,
    clock: { now: () => new Date() },
  });

  await expect(starting).rejects.toThrow(UserError);
  await expect(starting).rejects.toThrow(words);
  if (fault) await server.stop();
});
