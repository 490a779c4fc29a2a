import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { Events, Routes } from 'discord.js';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { createClient, createSendRest } from '../../../src/adapters/discord/client.ts';
import { startDiscord } from '../../../src/adapters/discord/index.ts';
import { stayConnected } from '../../../src/adapters/discord/staying.ts';
import { createApp } from '../../../src/app.ts';
import { movableClock } from '../../../src/demo/demo.ts';
import type { Bot } from '../../../src/spine/command.ts';
import type { Event } from '../../../src/spine/event.ts';
import { bringUpToDate, storeOn } from '../../../src/store/postgres.ts';
import { type Done, press, slash } from '../../support/discord/gestures.ts';
import { createDiscordServer, type DiscordServer } from '../../support/discord/server.ts';
import { visible } from '../../support/discord/visible.ts';
import type { Channel, StoredMessage } from '../../support/discord/world.ts';
import { smallCatalog } from '../../support/machine.ts';
import { poolOf } from '../../support/pglite.ts';
import { startProgram } from '../../support/process.ts';
import { inTime, until } from '../../support/waiting.ts';

const COUNT = 4;
/** Ids begin with their milliseconds, and these are a multiple of the shards. */
const FIRST_MS = 1_700_000_000_000;

const pool = poolOf(await PGlite.create());
const folder = mkdtempSync(join(tmpdir(), 'warmup-shards-'));
const clock = movableClock(new Date('2026-03-02T08:00:00Z'));
const events: Event[] = [];

type Place = { shard: number; workspace: string; channel: Channel };
type Process = Awaited<ReturnType<typeof startProcess>>;

let server: DiscordServer;
let places: Place[];
let lower: Process;
let upper: Process;

/** A Discord that asks for four shards, with a server on each. */
async function createSharded(): Promise<{ server: DiscordServer; places: Place[] }> {
  const sharded = await createDiscordServer({ shards: COUNT, maxConcurrency: COUNT });
  const places = Array.from({ length: COUNT }, (_, shard) => {
    const id = String(BigInt(FIRST_MS + shard) << 22n);
    const { channel } = sharded.addGuild(`Server ${shard}`, id);
    return { shard, workspace: `discord:${id}`, channel };
  });
  return { server: sharded, places };
}

/** The whole bot as one of several processes runs it, with a store of its own on the database of all. */
async function startProcess(ids: number[]) {
  const store = storeOn(pool, { answerKey: 'the key of the tests', onFailure: () => {} });
  const emit = (event: Event) => void events.push(event);
  const parts = { store, catalog: smallCatalog(), clock, emit, isUnlimited: true };
  const machine = createApp(parts);
  const heard: string[] = [];
  const bot: Bot = {
    ...machine.bot,
    prepare: (request) => {
      heard.push(request.workspace);
      return machine.bot.prepare(request);
    },
  };
  const { token, url: apiUrl } = server;
  const shards = { ids, count: COUNT };
  const adapter = await startDiscord({ bot, token, apiUrl, shards, emit, clock });
  machine.platforms.set('discord', adapter.platform);
  return {
    platform: adapter.platform,
    store,
    heard,
    tick: machine.ticker.tick,
    async stop() {
      await adapter.stop();
      await machine.settle();
      await machine.bot.settle();
    },
  };
}

const startBoth = async () => {
  [lower, upper] = await Promise.all([startProcess([0, 1]), startProcess([2, 3])]);
};
const stopBoth = () => Promise.all([lower.stop(), upper.stop()]);

beforeAll(async () => {
  await bringUpToDate(pool);
  ({ server, places } = await createSharded());
  await startBoth();
});

afterAll(async () => {
  await stopBoth();
  await server.stop();
  rmSync(folder, { recursive: true });
  expect(server.complaints()).toEqual([]);
  expect(events.filter(({ kind }) => kind === 'failed')).toEqual([]);
});

async function answered({ outcome }: Done): Promise<StoredMessage> {
  const seen = await inTime(outcome);
  if (seen.kind !== 'message') throw new Error(`no message came, but ${seen.kind}`);
  return seen.message;
}

const workspacesOn = (...shards: number[]) =>
  places.filter(({ shard }) => shards.includes(shard)).map(({ workspace }) => workspace);
const callbacks = () => server.sent().filter(({ path }) => /\/callback$/.test(path));

test('a command is answered once, by the process of its server, and each server has its question once', async () => {
  const lea = server.world.addUser('lea', true);
  for (const { channel } of places) {
    const values = { channel: channel.id, time: '09:00', zone: 'UTC' };
    const panel = await answered(slash({ server, user: lea, channel }, 'setup', values));
    await answered(press({ server, user: lea, channel }, panel, 'Turn on'));
  }

  const twice = (shard: number) => [...workspacesOn(shard), ...workspacesOn(shard)];
  expect(lower.heard).toEqual([0, 1].flatMap(twice));
  expect(upper.heard).toEqual([2, 3].flatMap(twice));
  expect(callbacks()).toHaveLength(2 * places.length);

  clock.moveTo(new Date('2026-03-02T09:00:00Z'));
  await Promise.all([lower.tick(), upper.tick()]);

  const cards = places.map(({ channel }) =>
    (server.world.messages.get(channel.id) ?? []).filter(
      (message) =>
        !message.only && visible(message).buttons.some(({ label }) => label === 'Answer'),
    ),
  );
  expect(cards.map(({ length }) => length)).toEqual(places.map(() => 1));
  const ana = server.world.addUser('ana');
  for (const [index, { channel }] of places.entries())
    for (const card of cards[index] ?? [])
      expect((await answered(press({ server, user: ana, channel }, card, 'Answer'))).only).toBe(
        ana.id,
      );
  expect(upper.heard.slice(-2)).toEqual(workspacesOn(2, 3));
});

test('direct messages come to the process of the first shard, which knows people of every server', async () => {
  const bo = server.world.addUser('bo');
  const lea = server.world.addUser('lea the second', true);
  const far = places.find(({ shard }) => shard === 3);
  if (!far) throw new Error('there is no server on the last shard');
  const before = upper.heard.length;

  await answered(
    slash({ server, user: bo, channel: server.world.directWith(bo.id) }, 'leaderboard'),
  );

  expect(upper.heard).toHaveLength(before);
  const roleOf = (id: string, workspace = far.workspace) =>
    lower.platform.roleIn?.(workspace, `discord:${id}`);
  expect(await roleOf(bo.id)).toBe('member');
  expect(await roleOf(lea.id)).toBe('admin');
  expect(await roleOf('100000000000000009')).toBe('outside');
  expect(await roleOf(bo.id, 'discord:100000000000000009')).toBeUndefined();
  expect(await lower.platform.check(far.channel.id, far.workspace)).toEqual([]);
});

test('a process takes only servers of its own shards for left', async () => {
  const left = async () =>
    (await lower.store.listWorkspaces()).filter(({ leftAt }) => leftAt).map(({ id }) => id);
  const gone = workspacesOn(0, 2);
  expect(await left()).toEqual([]);

  await stopBoth();
  for (const workspace of gone) server.world.guilds.delete(workspace.replace('discord:', ''));
  await startBoth();

  // Each process settles all its servers at once, so both are done when one server of each is.
  await until(async () => (await left()).length >= gone.length);
  expect((await left()).sort()).toEqual(gone);
});

test('a process that was told of no shards says that Discord asks for some', async () => {
  const { bot } = createApp({ store: lower.store, catalog: smallCatalog(), clock, emit: () => {} });
  const { token, url: apiUrl } = server;

  await expect(startDiscord({ bot, token, apiUrl, emit: () => {}, clock })).rejects.toThrow(
    'SHARD_COUNT',
  );
});

test('a connection is given up when one shard was away for two minutes, not when two took turns', async () => {
  const { token, url: apiUrl } = server;
  const shards = { ids: [0, 1, 2, 3], count: COUNT };
  const create = () => createClient({ apiUrl, shards, emit: () => {} });
  const staying = await stayConnected({ token, clock, create, failed: () => {} });
  const client = staying.client();
  const destroyed = vi.spyOn(client, 'destroy');
  onTestFinished(() => void vi.useRealTimers());
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });

  client.emit(Events.ShardReconnecting, 0);
  vi.advanceTimersByTime(80_000);
  client.emit(Events.ShardReconnecting, 1);
  client.emit(Events.ShardResume, 0, 0);
  vi.advanceTimersByTime(80_000);
  expect(destroyed).not.toHaveBeenCalled();
  expect(staying.health()).toMatchObject({ ok: false });
  vi.advanceTimersByTime(50_000);
  expect(destroyed).toHaveBeenCalled();

  vi.useRealTimers();
  await staying.stop();
});

test('a process without SHARDS serves all of SHARD_COUNT', async () => {
  const whole = await createSharded();
  const program = startProgram({
    DISCORD_TOKEN: whole.server.token,
    DISCORD_API_URL: whole.server.url,
    DATABASE_URL: `file:${join(folder, 'whole.db')}`,
    SHARD_COUNT: String(COUNT),
  });
  await program.says('"what":"discord"');
  const user = whole.server.world.addUser('ana');

  for (const { channel } of whole.places)
    await answered(slash({ server: whole.server, user, channel }, 'leaderboard'));

  expect(whole.server.gateway.shards.toSorted()).toEqual([0, 1, 2, 3].map((id) => [id, COUNT]));
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  await whole.server.stop();
});

test.each([[[1, 1, 2]], [[3, 2, 3]], [[5, 11]], [Array.from({ length: 40 }, () => 1)]])(
  'parts of %o shards are at most 40 requests a second in all',
  (sizes) => {
    const count = sizes.reduce((all, size) => all + size, 0);
    const rates = sizes.map((size) => {
      const shards = { ids: Array.from({ length: size }, (_, id) => id), count };
      const rest = createSendRest({ token: 'none', shards, emit: () => {} });
      rest.clearHashSweeper();
      rest.clearHandlerSweeper();
      return rest.options.globalRequestsPerSecond;
    });

    expect(rates.reduce((all, rate) => all + rate, 0)).toBeLessThanOrEqual(40);
    expect(Math.min(...rates)).toBeGreaterThan(0);
  },
);

test('processes send at most 40 a second together, by their parts of the shards', async () => {
  const lanes = [[0], [1, 2, 3]].map((ids) => {
    const shards = { ids, count: COUNT };
    const rest = createSendRest({ token: server.token, shards, emit: () => {} });
    // Set afterward: an address in the settings stands for a proxy, which counts for all processes.
    rest.options.api = server.url;
    return { rest, perSecond: rest.options.globalRequestsPerSecond };
  });
  expect(lanes.map(({ perSecond }) => perSecond)).toEqual([10, 30]);
  server.limitRates();
  const before = server.sent().length;
  const began = performance.now();

  await Promise.all(
    lanes.flatMap(({ rest, perSecond }) =>
      Array.from({ length: 1.5 * perSecond }, (_, index) =>
        rest.get(Routes.channel(places[index % places.length]?.channel.id ?? '')),
      ),
    ),
  );

  expect(server.sent().length - before).toBe(60);
  expect(performance.now() - began).toBeGreaterThan(1300);
  expect(server.limited()).toBe(0);
  for (const { rest } of lanes) {
    rest.clearHashSweeper();
    rest.clearHandlerSweeper();
  }
});
