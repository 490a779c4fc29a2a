import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { slash, typeOption } from '../support/discord/gestures.ts';
import { type Load, seed } from '../support/load.ts';
import { discordLoad } from '../support/load-discord.ts';
import { slackLoad } from '../support/load-slack.ts';
import { BUILT, startProgram } from '../support/process.ts';
import { payloads } from '../support/slack/payloads.ts';

/** Interactions for each way in: 120 in CI, `INTERACTIONS=2000` before a release. */
const INTERACTIONS = Number(process.env['INTERACTIONS'] ?? 120);
/** Starts among them: each is asked from its first ready moment on. */
const STARTS = 4;
const AT_ONCE = 4;
const MAIN = process.env['DIST'] ?? BUILT;

/** No acknowledgement may take longer, and nearly all take much less. */
const MAX_MS = 1000;
const MAX_P99_MS = 250;

const folder = mkdtempSync(join(tmpdir(), 'warmup-readiness-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Sends one interaction of many kinds; resolves to what it was and when it was acknowledged. */
type Asking = (person: number) => Promise<{ what: string; ms: number }>;

const LINES = [
  'kv',
  'kv llama-3.1-8b',
  'help',
  'ask cache',
  'leaderboard',
  'quiz mode:drill',
  'setup',
];

async function onSlack(): Promise<{ load: Load; ask: Asking; port: string }> {
  const load = await slackLoad('http');
  const { server, port } = load.slack;
  const make = payloads(server);
  const ask: Asking = async (person) => {
    const user = server.addUser(`r${person % 200}`, { isAdmin: true }).id;
    const line = LINES[person % (LINES.length + 2)];
    if (line !== undefined) {
      const payload = make.command(user, server.general.id, '/warmup', line);
      return { what: line, ms: (await server.deliver({ kind: 'slash_commands', payload })).ms };
    }
    if (person % 2 === 0) {
      const started = performance.now();
      await load.answer(person).ended;
      return { what: 'answer', ms: performance.now() - started };
    }
    const view = server.openView(user, { type: 'modal', blocks: [] });
    const typed = { action_id: 'pick|kv', block_id: 'model', value: 'llama' };
    const payload = make.suggestion(view, typed);
    return { what: 'list', ms: (await server.deliver({ kind: 'interactive', payload })).ms };
  };
  return { load, ask, port: String(port) };
}

/** What Discord asks for with a command. */
const VALUES: Record<string, Record<string, string>> = {
  ask: { words: 'cache' },
  quiz: { mode: 'drill' },
};

async function onDiscord(): Promise<{ load: Load; ask: Asking; port: string }> {
  const load = await discordLoad();
  const { server } = load;
  const ask: Asking = async (person) => {
    const user = server.world.addUser(`r${person}`, true);
    const who = { server, user, channel: server.world.main };
    const kinds = [
      'estimate kv',
      'kv model',
      'help',
      'ask',
      'leaderboard',
      'quiz',
      'setup',
      'list',
    ];
    const what = kinds[person % kinds.length] ?? 'estimate kv';
    const { interaction, outcome } =
      what === 'list'
        ? typeOption(who, 'estimate kv', 'model', 'llama')
        : what === 'kv model'
          ? slash(who, 'estimate kv', { model: 'llama-3.1-8b' })
          : slash(who, what, VALUES[what] ?? {});
    await Promise.race([outcome, wait(5000, undefined, { ref: false })]);
    return { what, ms: interaction.acknowledgedMs ?? 5000 };
  };
  return { load, ask, port: String(await freePort()) };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

/** Resolves as soon as the program says that it is ready. */
async function ready(port: string): Promise<void> {
  for (const until = performance.now() + 120_000; performance.now() < until; await wait(20)) {
    const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined);
    if (answer?.status === 200) return;
  }
  throw new Error('The program was never ready');
}

test.each([
  ['Slack over HTTP', onSlack],
  ['Discord', onDiscord],
])(
  '%s: from its first ready moment on, everything is acknowledged in time',
  async (name, begin) => {
    const { load, ask, port } = await begin();
    const file = join(folder, `${load.platform}.db`);
    await seed(file, load);
    const times: { what: string; ms: number }[] = [];
    let next = 0;
    for (let start = 1; start <= STARTS; start += 1) {
      const settings = { ...load.environment, DATABASE_URL: `file:${file}`, PORT: port };
      const program = startProgram(settings, [], MAIN);
      await ready(port);
      const until = Math.ceil((INTERACTIONS * start) / STARTS);
      const lane = async () => {
        while (next < until) {
          next += 1;
          times.push(await ask(next));
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      program.child.kill('SIGTERM');
      await program.ended;
    }
    await load.stop();

    times.sort((a, b) => a.ms - b.ms);
    const at = (share: number) => times[Math.ceil(times.length * share) - 1]?.ms ?? 0;
    const figures = { count: times.length, p50: at(0.5), p99: at(0.99), most: at(1) };
    console.log(`${name}: ${STARTS} starts`, JSON.stringify(figures), times.slice(-5));

    expect(times).toHaveLength(INTERACTIONS);
    expect(times.filter(({ ms }) => ms > MAX_MS)).toEqual([]);
    expect(figures.p99).toBeLessThan(MAX_P99_MS);
  },
  60_000 + INTERACTIONS * 500,
);
