import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { openSqlite } from '../../src/store/sqlite.ts';
import { buildWhenOld } from '../../tests/support/build.ts';
import { slash } from '../../tests/support/discord/gestures.ts';
import { createDiscordServer } from '../../tests/support/discord/server.ts';
import { BUILT } from '../../tests/support/process.ts';
import { startProgram, whenReady } from './parts/program.ts';

/**
 * The questions of 2,000 channels that are due in the same minute, on a Discord that keeps to its limits, while people
 * ask, pictures are drawn, and the database is backed up: `npm run bench -- fan-out`, in about two minutes.
 */
const CHANNELS = 2000;
const IN_A_SERVER = 10;
/** What we send at most; Discord takes 50. */
const PER_SECOND = 40;
const ASKED_EVERY_MS = 50;
const PORT = 39_314;
const MINUTE_MS = 60_000;

buildWhenOld();
const folder = mkdtempSync(join(tmpdir(), 'warmup-bench-'));
const url = `file:${folder}/fan-out.db`;
const server = await createDiscordServer({ ignores: ['enforce_nonce'] });
const { world } = server;

/** A schedule in each channel, due at the same time. */
async function schedule(due: Date): Promise<void> {
  const { store, close } = openSqlite(url);
  const at = new Date(due.getTime() - 10 * MINUTE_MS);
  const adding: Promise<unknown>[] = [];
  for (let number = 0; number < CHANNELS / IN_A_SERVER; number += 1) {
    const { guild, channel } = world.addGuild(`Server ${number}`);
    const others = Array.from({ length: IN_A_SERVER - 1 }, (_, index) =>
      world.addChannel({ name: `c${index}`, guild: guild.id }),
    );
    const workspace = `discord:${guild.id}`;
    const newcomer = { newPersonId: `p${number}`, newTeamId: `t${number}`, at };
    await store.meet({
      ...{ account: `discord:k${number}`, name: 'keeper', workspace, workspaceName: guild.name },
      ...newcomer,
    });
    for (const { id } of [channel, ...others])
      adding.push(
        store.addSchedule({
          teamId: `t${number}`,
          platform: 'discord',
          channel: id,
          time: due.toISOString().slice(11, 16),
          zone: 'UTC',
          days: '1234567',
          mix: { difficulties: [], chapters: [] },
          state: 'on',
          daysOff: [],
          startsOn: due.toISOString().slice(0, 10),
          createdAt: at,
        }),
      );
  }
  await Promise.all(adding);
  close();
}

const percentile = (sorted: readonly number[], share: number) =>
  sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;

const due = new Date(Math.ceil((Date.now() + 30_000) / MINUTE_MS) * MINUTE_MS);
await schedule(due);
const program = startProgram(BUILT, [], {
  DATABASE_URL: url,
  DISCORD_TOKEN: server.token,
  DISCORD_API_URL: server.url,
  PORT: String(PORT),
});
await whenReady(PORT);
server.limitRates();
await program.usage();

const acknowledged: number[] = [];
const user = world.addUser('Ana', true);
const asking = setInterval(() => {
  const draws = acknowledged.length % 20 === 0;
  const who = { server, user: draws ? user : world.addUser('Ben'), channel: world.main };
  const { interaction, outcome } = draws
    ? slash(who, 'vram', { model: 'llama-3.1-8b', gpu: 'rtx-4090' })
    : slash(who, 'leaderboard');
  const at = acknowledged.push(Number.NaN) - 1;
  void outcome.then(() => {
    acknowledged[at] = interaction.acknowledgedMs ?? Number.NaN;
  });
}, ASKED_EVERY_MS);

const posts = () =>
  server
    .sent()
    .filter(({ method, path }) => method === 'POST' && /^\/channels\/\d+\/messages$/.test(path))
    .length;
let first: number | undefined;
let backup: Promise<unknown> | undefined;
while (posts() < CHANNELS && Date.now() < due.getTime() + 3 * MINUTE_MS) {
  if (first === undefined && posts() > 0) first = Date.now() - due.getTime();
  if (first !== undefined)
    backup ??= promisify(execFile)(process.execPath, [join(BUILT, '../tools/backup.js'), folder], {
      env: { ...process.env, DATABASE_URL: url },
    });
  await wait(5);
}
const whole = Date.now() - due.getTime();
const requests = server.sent().filter(({ path }) => path.startsWith('/channels/')).length;
clearInterval(asking);
await backup;
await wait(1000);
const { turnMs } = await program.usage();
const times = acknowledged.filter((ms) => !Number.isNaN(ms)).sort((a, b) => a - b);
const say = (words: string) => process.stdout.write(`${words}\n`);
say(
  `${posts()} of ${CHANNELS} questions: the first after ${first} ms, all after ${(whole / 1000).toFixed(1)} s`,
);
say(
  `${((whole * PER_SECOND) / 1000 / CHANNELS).toFixed(2)} of the time at ${PER_SECOND} a second, ${server.limited()} times too many`,
);
say(`${requests} requests in all, threads for discussion among them`);
say(
  `${times.length} acknowledgements meanwhile: p50 ${percentile(times, 0.5).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms, worst ${percentile(times, 1).toFixed(0)} ms`,
);
say(
  `turns of the loop: p99.9 ${turnMs.p999.toFixed(0)} ms, longest ${turnMs.longest.toFixed(0)} ms`,
);
await program.stop();
await server.stop();
rmSync(folder, { recursive: true });
process.exit();
