import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { message } from './scenarios/daily.ts';
import { createDiscordStage } from './support/discord/stage.ts';
import { startProgram } from './support/process.ts';
import type { Rejection } from './support/slack/server.ts';
import { createSlackStage } from './support/slack/stage.ts';
import type { Actor } from './support/stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-health-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** How the connections are, as an admin finds it on the panel of a team with a schedule. */
async function errorsSeenBy(admin: Actor): Promise<string> {
  await admin.command('setup', { time: '09:00' });
  const panel = message(await admin.command('setup'));
  return message(await admin.press(panel, 'Errors and changes')).text;
}

test('/readyz and the status of admins tell the truth of each platform', async () => {
  const discord = await createDiscordStage();
  const slack = await createSlackStage({ mode: 'socket' });
  const port = await freePort();
  const program = startProgram({
    PORT: String(port),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    SLACK_BOT_TOKEN: slack.tokens.botToken,
    SLACK_APP_TOKEN: slack.tokens.appToken ?? '',
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `file:${join(folder, 'both.db')}`,
  });
  const get = async (path: string) => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`);
    return `${response.status} ${await response.text()}`;
  };
  const readyz = () => get('/readyz');
  const all = '200 ready\ndiscord: ok\nslack: ok\ndatabase: ok\n';
  await program.says('"what":"slack"');
  await expect.poll(readyz).toBe(all);

  slack.server.reject('apps.connections.open', { ok: false, error: 'invalid_auth' });
  for (const socket of slack.server.sockets) socket.terminate();
  const refused = /^503 not ready\ndiscord: ok\nslack: not working since \S+: .*SLACK_APP_TOKEN/;
  await expect.poll(readyz).toMatch(refused);
  expect(await get('/healthz')).toBe('200 ok\n');
  expect(await errorsSeenBy(discord.stage.actor('ana', { admin: true }))).toMatch(
    /Discord\W+connected[\s\S]*SLACK_APP_TOKEN/,
  );
  slack.server.reject('apps.connections.open', undefined);
  await expect.poll(readyz).toBe(all);

  discord.server.gateway.refuse(4004);
  await expect.poll(readyz).toMatch(/^503[\s\S]*discord: not working.*_TOKEN/);
  expect(await errorsSeenBy(slack.stage.actor('cleo', { admin: true }))).toContain('DISCORD_TOKEN');
  discord.server.gateway.refuse(undefined);
  await expect.poll(readyz).toBe(all);

  const metrics = await get('/metrics');
  expect(metrics).toMatch(/^warmup_acknowledgement_seconds_count\{platform="discord"\} [2-9]/m);
  expect(metrics).toMatch(/^warmup_acknowledgement_seconds_count\{platform="slack"\} [1-9]/m);
  expect(metrics).toMatch(/^warmup_commands_total\{platform="slack",command="setup log",/m);
  expect(metrics).toMatch(/^warmup_part_up\{part="discord"\} 1$/m);
  expect(metrics).toMatch(/^warmup_queue_messages\{platform="slack"\} 0$/m);
  expect(metrics).toMatch(/^warmup_last_tick_timestamp_seconds 1\d{9}/m);
  expect(metrics).toMatch(/^warmup_commit_seconds_count [1-9]/m);
  expect(metrics).toMatch(/^nodejs_eventloop_lag_p99_seconds /m);

  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  await discord.stop();
  await slack.stop();
});

test('where strangers reach the port, metrics have a port of their own', async () => {
  const slack = await createSlackStage({ mode: 'http' });
  const metricsPort = await freePort();
  const program = startProgram({
    PORT: String(slack.port),
    METRICS_PORT: String(metricsPort),
    SLACK_BOT_TOKEN: slack.tokens.botToken,
    SLACK_SIGNING_SECRET: slack.tokens.signingSecret ?? '',
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `file:${join(folder, 'public.db')}`,
  });
  await program.says('"what":"slack"');
  const status = async (port: number, path: string) =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).status;

  expect(await status(slack.port, '/metrics')).toBe(404);
  expect(await status(slack.port, '/healthz')).toBe(200);
  expect(await status(metricsPort, '/metrics')).toBe(200);
  expect(await status(metricsPort, '/healthz')).toBe(200);
  expect(await status(metricsPort, '/slack/events')).toBe(404);
  const others = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4');
  for (const { address } of others)
    await expect(fetch(`http://${address}:${slack.port}/healthz`)).rejects.toThrow();
  program.child.kill('SIGTERM');
  await program.ended;
  await slack.stop();
});

test.concurrent.for([
  ['invalid_auth', { ok: false, error: 'invalid_auth' }],
  ['internal_error', { ok: false, error: 'internal_error' }],
  ['503', 503],
  ['a dropped connection', 'dropped'],
] satisfies [string, Rejection][])(
  'without a port a lost socket that Slack refuses with %s ends nothing',
  async ([name, rejection], { expect }) => {
    const slack = await createSlackStage({ mode: 'socket' });
    const program = startProgram({
      SLACK_BOT_TOKEN: slack.tokens.botToken,
      SLACK_APP_TOKEN: slack.tokens.appToken ?? '',
      SLACK_API_URL: slack.apiUrl,
      DATABASE_URL: `file:${join(folder, `${name.replaceAll(' ', '-')}.db`)}`,
    });
    await program.says('"what":"slack"');

    slack.server.reject('apps.connections.open', rejection);
    for (const socket of slack.server.sockets) socket.terminate();
    // The third attempt is after the warm-up, which would hold the process as well.
    const attempts = () => program.output().split('"where":"slack socket"').length - 1;
    const isOver = () => program.child.exitCode !== null || attempts() >= 3;
    await expect.poll(isOver, { timeout: 30_000 }).toBe(true);
    expect(program.child.exitCode).toBeNull();
    slack.server.reject('apps.connections.open', undefined);

    await expect.poll(() => slack.server.sockets.size, { timeout: 30_000 }).toBe(1);
    expect(await errorsSeenBy(slack.stage.actor('ana', { admin: true }))).toMatch(
      /Slack\W+connected/,
    );
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    await slack.stop();
  },
);
