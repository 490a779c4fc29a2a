import { buildWhenOld } from '../../tests/support/build.ts';
import { createDiscordServer } from '../../tests/support/discord/server.ts';
import { startPostgres } from '../../tests/support/postgres-server.ts';
import { BUILT } from '../../tests/support/process.ts';
import { startProgram } from './parts/program.ts';

/**
 * What servers of Discord cost in memory: 16 shards in 4 processes on one PostgreSQL, in a Discord that keeps to its
 * pace of identifying, beside the same without servers: `npm run bench -- shards`.
 */
const SHARDS = 16;
const PROCESSES = 4;
/** Discord gives a bot of this size one; a higher number makes the start shorter. */
const CONCURRENCY = Number(process.env['CONCURRENCY'] ?? 1);
const SERVERS = Number(process.env['SERVERS'] ?? 10_000);
const CHANNELS = Number(process.env['CHANNELS'] ?? 1);
const FIRST_MS = 1_700_000_000_000;

const say = (words: string) => process.stdout.write(`${words}\n`);
const sum = (numbers: number[]) => numbers.reduce((all, each) => all + each, 0);
const list = (numbers: number[]) => numbers.map((each) => each.toFixed(0)).join(', ');

/** MiB of all processes when they have all their servers and are idle. */
async function measure(servers: number): Promise<{ rss: number; heap: number }> {
  const discord = await createDiscordServer({
    shards: SHARDS,
    maxConcurrency: CONCURRENCY,
    identifyMs: 5000,
  });
  for (let number = 0; number < servers; number += 1) {
    const { guild } = discord.world.addGuild(
      `S${number}`,
      String(BigInt(FIRST_MS + number) << 22n),
    );
    for (let channel = 1; channel < CHANNELS; channel += 1)
      discord.world.addChannel({ name: `c${channel}`, guild: guild.id });
  }
  const postgres = await startPostgres();
  const url = await postgres.createDatabase('warmup');
  const each = SHARDS / PROCESSES;
  const programs = Array.from({ length: PROCESSES }, (_, index) =>
    startProgram(BUILT, [], {
      DATABASE_URL: url,
      ANSWER_KEY: 'the key of the benchmark',
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.url,
      SHARD_COUNT: String(SHARDS),
      SHARDS: `${index * each}-${(index + 1) * each - 1}`,
    }),
  );
  const started = await Promise.all(programs.map(({ says }) => says('"what":"discord"')));
  // The warm-up comes after it.
  await new Promise((resolve) => setTimeout(resolve, 10_000));
  await Promise.all(programs.map(({ collect }) => collect()));
  const used = await Promise.all(programs.map(({ usage }) => usage()));
  await Promise.all(programs.map(({ stop }) => stop()));
  postgres.stop();
  await discord.stop();
  const rss = used.map(({ rssMiB }) => rssMiB);
  const heap = used.map(({ heapMiB }) => heapMiB);
  say(
    `${servers} servers of ${CHANNELS} channels: RSS of each process ${list(rss)} MiB, heap ${list(heap)} MiB, ` +
      `all connected after ${(Math.max(...started) / 1000).toFixed(0)} s`,
  );
  return { rss: sum(rss), heap: sum(heap) };
}

buildWhenOld();
const empty = await measure(0);
const full = await measure(SERVERS);
const perMany = (kind: 'rss' | 'heap') =>
  (((full[kind] - empty[kind]) * 10_000) / SERVERS).toFixed(0);
say(`10,000 servers: ${perMany('rss')} MiB of RSS more in all, ${perMany('heap')} MiB of heap`);
process.exit();
