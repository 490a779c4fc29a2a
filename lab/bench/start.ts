import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildWhenOld } from '../../tests/support/build.ts';
import { createDiscordServer } from '../../tests/support/discord/server.ts';
import { BUILT } from '../../tests/support/process.ts';
import { isQuick, median } from './parts/compare.ts';
import { startProgram } from './parts/program.ts';

/**
 * From the start to listening, one command in the terminal, and memory when idle, beside a process
 * that only loads the same packages: `npm run bench -- start`.
 */
const BARE = join(import.meta.dirname, 'parts/bare.mjs');
const ROUNDS = isQuick ? 1 : 5;
const IDLE_MS = isQuick ? 2000 : 10_000;

buildWhenOld();
const folder = mkdtempSync(join(tmpdir(), 'warmup-bench-'));
const discord = await createDiscordServer();
const slack = createServer((request, response) => {
  request.resume();
  const self = {
    ok: true,
    team_id: 'T1',
    team: 'Team',
    user_id: 'UBOT',
    user: 'bot',
    bot_id: 'B1',
  };
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(self));
});
await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve));
const { port } = slack.address() as AddressInfo;
const SLACK = {
  SLACK_BOT_TOKEN: 'xoxb-bench',
  SLACK_SIGNING_SECRET: 'bench',
  SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
  PORT: '39312',
};
const DISCORD = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.url };

type Started = { cpuMs: number; ms: number; rssMiB: number };

/** Processor time and time until a program says that it is there, and its memory some seconds later. */
async function started(
  script: string,
  words: string[],
  settings: object,
  says: string,
): Promise<Started> {
  const program = startProgram(script, words, settings);
  const ms = await program.says(says);
  const { cpuMs } = await program.usage();
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const { rssMiB } = await program.usage();
  await program.stop();
  return { cpuMs, ms, rssMiB };
}

const cell = (value: number, digits = 0) => value.toFixed(digits);
const row = (cells: string[]) => process.stdout.write(`| ${cells.join(' | ')} |\n`);

row(['', 'ours, ms CPU', 'bare, ms CPU', 'ratio', 'ours, MiB idle', 'bare, MiB idle']);
row(['---', '--:', '--:', '--:', '--:', '--:']);
let files = 0;
for (const [name, kinds, settings] of [
  ['Start to listening, Slack', ['slack'], SLACK],
  ['Start to listening, Discord', ['discord'], DISCORD],
  ['Start to listening, both', ['discord', 'slack'], { ...SLACK, ...DISCORD }],
] as const) {
  const rounds: { ours: Started; bare: Started }[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    files += 1;
    const url = { DATABASE_URL: `file:${folder}/${files}.db` };
    const says = `"started","what":"${kinds.at(-1)}"`;
    rounds.push({
      bare: await started(BARE, [...kinds], {}, 'ready'),
      ours: await started(BUILT, [], { ...url, ...settings }, says),
    });
  }
  const of = (value: (round: (typeof rounds)[number]) => number) => median(rounds.map(value));
  row([
    name,
    cell(of(({ ours }) => ours.cpuMs)),
    cell(of(({ bare }) => bare.cpuMs)),
    cell(
      of(({ ours, bare }) => ours.cpuMs / bare.cpuMs),
      2,
    ),
    cell(of(({ ours }) => ours.rssMiB)),
    cell(of(({ bare }) => bare.rssMiB)),
  ]);
}

/** Processor time of a whole process that ends by itself. */
function whole(script: string, words: string[]): number {
  const timed = spawnSync(
    process.execPath,
    ['--import', join(import.meta.dirname, 'parts/at-exit.mjs'), script, ...words],
    { encoding: 'utf8', env: { PATH: process.env['PATH'] ?? '' } },
  );
  return Number(timed.stderr.trim().split('\n').at(-1));
}

const commands = { ours: [] as number[], bare: [] as number[] };
for (let round = 0; round < ROUNDS; round += 1) {
  commands.bare.push(whole(BARE, ['cli']));
  commands.ours.push(whole(BUILT, ['kv', 'llama-3.1-8b']));
}
const [ours, bare] = [median(commands.ours), median(commands.bare)];
row(['One command in the terminal', cell(ours), cell(bare), cell(ours / bare, 2), '', '']);
await discord.stop();
slack.close();
rmSync(folder, { recursive: true });
process.exit();
