import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { buildWhenOld } from '../../tests/support/build.ts';
import { BUILT } from '../../tests/support/process.ts';
import { compare, printHead } from './parts/compare.ts';
import type { Wanted } from './parts/discord-server.ts';
import { startProgram, whenReady } from './parts/program.ts';
import { type Member, makeTeam } from './parts/team.ts';

/**
 * The real program on Discord, with a team of 1,000 people on disk, beside a discord.js echo:
 * `npm run bench -- discord`. The server checks every body and takes longer than either, so the
 * processor time says more than the rate.
 */
const PORT = 39_313;
const ECHO = join(import.meta.dirname, 'parts/discord-echo.mjs');
const SERVER = join(import.meta.dirname, 'parts/discord-server.ts');

type Address = { url: string; token: string; guild: string; members: Member[] };

/** A Discord of its own for each: an interaction reaches every bot that is connected. */
async function startServer() {
  const child = fork(SERVER);
  // The server's first message is its address.
  const [address] = (await once(child, 'message')) as [Address];
  return {
    address,
    load: (wanted: Omit<Wanted, 'count'>) => async (count: number) => {
      child.send({ ...wanted, count });
      await once(child, 'message');
    },
    stop: () => child.kill(),
  };
}

buildWhenOld();
const [forOurs, forBare] = await Promise.all([startServer(), startServer()]);
const { url, token, guild, members } = forOurs.address;
const team = await makeTeam('discord', `discord:${guild}`, members);
const bare = startProgram(ECHO, [forBare.address.url, forBare.address.token]);
const ours = startProgram(BUILT, [], {
  DATABASE_URL: team.url,
  DISCORD_TOKEN: token,
  DISCORD_API_URL: url,
  PORT: String(PORT),
});
await Promise.all([bare.says('ready'), whenReady(PORT)]);

printHead();
for (const [name, kind] of [
  ['leaderboard', 'leaderboard'],
  ['answer, durable', 'answer'],
] as const) {
  const load = { kind, inFlight: 64 };
  await compare(
    `Discord ${name}, 64 in flight`,
    { program: ours, load: forOurs.load(load) },
    { program: bare, load: forBare.load(load) },
  );
}
await Promise.all([ours.stop(), bare.stop()]);
forOurs.stop();
forBare.stop();
team.remove();
process.exit();
