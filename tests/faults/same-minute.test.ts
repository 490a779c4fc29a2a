import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openSqlite } from '../../src/store/sqlite.ts';
import { createDiscordServer } from '../support/discord/server.ts';
import { startProgram } from '../support/process.ts';

/** Workspaces whose question is due in the same minute: 60 in CI, 1,000 by the long run. */
const WORKSPACES = Number(process.env['WORKSPACES'] ?? 60);
const MOST_MS = 60_000;
const MOST_MIB = 250;
const MOST_LAG_MS = 100;

const folder = mkdtempSync(join(tmpdir(), 'warmup-minute-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** A team for each server, with a schedule at an instant. */
async function seedTeams(
  file: string,
  servers: readonly { guild: { id: string }; channel: { id: string } }[],
  due: Date,
): Promise<void> {
  const { store, close } = openSqlite(`file:${file}`);
  const at = new Date(due.getTime() - 3_600_000);
  await Promise.all(
    servers.map(async ({ guild, channel }, index) => {
      const { team, person } = await store.meet({
        account: `discord:${index + 1}`,
        name: 'keeper',
        workspace: `discord:${guild.id}`,
        workspaceName: `Team ${index}`,
        newPersonId: `p${index}`,
        newTeamId: `t${index}`,
        at,
      });
      await store.addSchedule({
        teamId: team.id,
        platform: 'discord',
        channel: channel.id,
        time: due.toISOString().slice(11, 16),
        zone: 'UTC',
        days: '1234567',
        mix: { difficulties: [], chapters: [] },
        state: 'on',
        daysOff: [],
        startsOn: due.toISOString().slice(0, 10),
        keeperId: person.id,
        createdAt: at,
      });
    }),
  );
  close();
}

test(`${WORKSPACES} workspaces are due in the same minute: all have their question within 60 s`, async () => {
  const discord = await createDiscordServer();
  discord.limitRates();
  const { world } = discord;
  const servers = Array.from({ length: WORKSPACES }, (_, index) => world.addGuild(`Team ${index}`));
  const due = new Date((Math.floor(Date.now() / 60_000) + 10) * 60_000);
  const file = join(folder, 'minute.db');
  await seedTeams(file, servers, due);
  const port = await freePort();
  const program = startProgram({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    DATABASE_URL: `file:${file}`,
    PORT: String(port),
  });
  const metric = async (name: string) => {
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  await program.says('"what":"discord"', 60);
  await expect
    .poll(() => fetch(`http://127.0.0.1:${port}/readyz`).then(({ status }) => status), {
      timeout: 60_000,
    })
    .toBe(200);
  await metric('nodejs_eventloop_lag_p99_seconds');

  // From here on the clock is one second before the minute.
  await program.setClock(due.getTime() - 1000 - Date.now());
  const began = Date.now() + 1000;
  const posts = () => servers.map(({ channel }) => world.messages.get(channel.id) ?? []);
  await expect
    .poll(() => posts().filter(({ length }) => length > 0).length, { timeout: 2 * MOST_MS })
    .toBe(WORKSPACES);
  const lagMs = (await metric('nodejs_eventloop_lag_p99_seconds')) * 1000;
  const { pid } = program.child;
  const peakKiB = Number(
    /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1],
  );
  const lastMs = Math.max(...posts().map(([first]) => first?.at ?? 0)) - began;
  process.stdout.write(
    `${WORKSPACES} workspaces: all out after ${(lastMs / 1000).toFixed(1)} s, ` +
      `${(peakKiB / 1024).toFixed(0)} MiB at the most, loop p99 ${lagMs.toFixed(0)} ms late, ` +
      `${discord.limited()} requests over a limit\n`,
  );
  program.child.kill('SIGTERM');
  await program.ended;
  await discord.stop();

  expect(posts().every(({ length }) => length === 1)).toBe(true);
  expect(lastMs).toBeLessThan(MOST_MS);
  expect(peakKiB / 1024).toBeLessThan(MOST_MIB);
  expect(lagMs).toBeLessThan(MOST_LAG_MS);
  expect(discord.limited()).toBe(0);
  expect(program.output()).not.toContain('"kind":"failed"');
});
