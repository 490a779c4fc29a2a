/**
 * How much our adapter adds to bare discord.js: the same slash command, answered by the same card.
 *
 *     npx tsx tests/bench/discord-echo.ts [replies]
 *
 * The loopback server runs in a process of its own and checks every body, so the CPU of the bot's
 * process per reply says more than replies per second.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Client, Events, GatewayIntentBits, MessageFlags } from 'discord.js';
import { startDiscord } from '../../src/adapters/discord/index.ts';
import { present } from '../../src/adapters/discord/present.ts';
import { say } from '../../src/bot/reply.ts';
import { createDiscordServer } from '../support/discord/server.ts';

type Address = { url: string; token: string };
type Round = { inFlight: number; count: number };
type Measured = { perSecond: number; p50: number; p99: number; cpuMicros: number };
type Bot = { stop(): Promise<unknown> };

const IN_FLIGHT = [1, 16, 64];
const ROUNDS = 3;

/** The child: dispatches commands, so many at a time, and reports when all are answered. */
async function serve(): Promise<void> {
  // Bare discord.js puts this into every response.
  const server = await createDiscordServer({ ignores: ['enforce_nonce'] });
  const user = server.world.addUser('Ada');
  const channel = server.world.main;
  const data = { id: '100000000000000001', name: 'echo', type: 1, options: [] };
  process.on('message', async ({ inFlight, count }: Round) => {
    const times: number[] = [];
    const began = performance.now();
    const worker = async () => {
      while (times.length < count) {
        const at = performance.now();
        await server.interact({ type: 'command', user, channel, data }).outcome;
        times.push(performance.now() - at);
      }
    };
    await Promise.all(Array.from({ length: inFlight }, worker));
    const ms = performance.now() - began;
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * (times.length - 1))] ?? 0;
    server.world.messages.get(channel.id)?.splice(0);
    process.send?.({ ms, p50: at(0.5), p99: at(0.99), count: times.length });
  });
  process.send?.({ url: server.url, token: server.token });
}

/** The same card that our adapter makes of the same words, so that the server has the same work. */
const PONG = {
  components: present(say('pong')).body.components,
  flags: MessageFlags.IsComponentsV2,
} as const;

async function bare({ url, token }: Address): Promise<Bot> {
  const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: url } });
  client.on(Events.InteractionCreate, (interaction) => {
    if (interaction.isRepliable()) void interaction.reply(PONG);
  });
  const ready = once(client, Events.ClientReady);
  await client.login(token);
  await ready;
  return { stop: () => client.destroy() };
}

async function ours({ url, token }: Address): Promise<Bot> {
  return startDiscord({
    bot: {
      commands: [],
      prepare: async () => ({ kind: 'run', visibility: 'public', run: async () => say('pong') }),
      suggest: async () => [],
      named: (name) => ({ name, options: [] }),
      storeDelivery: async () => undefined,
      left: async () => undefined,
      gone: async () => {},
    },
    token,
    apiUrl: url,
    emit: () => undefined,
    clock: { now: () => new Date() },
  });
}

async function measure(server: ChildProcess, round: Round): Promise<Measured> {
  const cpu = process.cpuUsage();
  server.send(round);
  const [{ ms, p50, p99, count }] = (await once(server, 'message')) as [
    { ms: number; p50: number; p99: number; count: number },
  ];
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: (count * 1000) / ms, p50, p99, cpuMicros: (user + system) / count };
}

async function run(count: number): Promise<void> {
  const server = fork(fileURLToPath(import.meta.url), ['server']);
  const [address] = (await once(server, 'message')) as [Address];
  const results = new Map<string, Measured[]>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, start] of [['bare', bare] as const, ['ours', ours] as const]) {
      const bot = await start(address);
      await measure(server, { inFlight: 16, count: Math.ceil(count / 10) });
      for (const inFlight of IN_FLIGHT) {
        const key = `${name} ${inFlight}`;
        const measured = await measure(server, { inFlight, count });
        results.set(key, [...(results.get(key) ?? []), measured]);
      }
      await bot.stop();
    }
  }
  server.kill();
  for (const inFlight of IN_FLIGHT) report(inFlight, results);
}

function report(inFlight: number, results: Map<string, Measured[]>): void {
  const of = (name: string, key: keyof Measured) =>
    median((results.get(`${name} ${inFlight}`) ?? []).map((each) => each[key]));
  for (const name of ['bare', 'ours']) {
    const [perSecond, p50, p99, cpu] = (['perSecond', 'p50', 'p99', 'cpuMicros'] as const).map(
      (key) => of(name, key),
    );
    console.log(
      `${String(inFlight).padStart(2)} in flight  ${name}  ${perSecond?.toFixed(0).padStart(6)}/s  p50 ${p50?.toFixed(2)} ms  p99 ${p99?.toFixed(2)} ms  ${cpu?.toFixed(0)} µs CPU a reply`,
    );
  }
  const speed = of('ours', 'perSecond') / of('bare', 'perSecond');
  const cpu = of('ours', 'cpuMicros') / of('bare', 'cpuMicros');
  console.log(
    `${String(inFlight).padStart(2)} in flight  ratio ${speed.toFixed(2)} of bare in replies, ${cpu.toFixed(2)} in CPU`,
  );
}

function median(values: number[]): number {
  return values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

await (process.argv[2] === 'server' ? serve() : run(Number(process.argv[2] ?? 2000)));
