import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { say } from '../src/spine/reply.ts';
import { openSqlite } from '../src/store/sqlite.ts';
import { createDiscordStage } from './support/discord/stage.ts';
import type { World } from './support/discord/world.ts';
import { startProgram } from './support/process.ts';
import { CLIENT } from './support/slack/grants.ts';
import { createSlackStage } from './support/slack/stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'warmup-main-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('one process serves Discord and Slack from one file, answers, and stops at a signal', async () => {
  const discord = await createDiscordStage();
  const slack = await createSlackStage({ mode: 'socket' });
  const program = startProgram({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    SLACK_BOT_TOKEN: slack.tokens.botToken,
    SLACK_APP_TOKEN: slack.tokens.appToken ?? '',
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `file:${join(folder, 'both.db')}`,
  });

  await program.says('"what":"discord"');
  await program.says('"what":"slack"');
  const onDiscord = await discord.stage.actor('ana').command('leaderboard');
  const onSlack = await slack.stage.actor('ana').command('leaderboard');
  const began = performance.now();
  program.child.kill('SIGTERM');

  expect(await program.ended).toBe(0);
  expect(performance.now() - began).toBeLessThan(10_000);
  for (const seen of [onDiscord, onSlack])
    expect(seen.kind === 'message' && seen.text).toContain('No one has answered yet');
  expect(program.output()).not.toContain(discord.token);
  await discord.stop();
  await slack.stop();
});

test('a pipe is answered and ended', async () => {
  const program = startProgram({});
  program.child.stdin?.end('daily\nleaderboard\n');

  expect(await program.ended).toBe(0);
  expect(program.output()).toContain('Your answer');
  expect(program.output()).toContain('Mira (simulated)');
  expect(program.errors()).toBe('');
});

test('a pipe that ends with news on its way ends quietly', async () => {
  const program = startProgram({});
  program.child.stdin?.end('question report c1-strawberry text:"not so"\n');

  expect(await program.ended).toBe(0);
  expect(program.output()).toContain('Thanks!');
  expect(program.errors()).toBe('');
});

test('somebody who types quickly in the demo is never asked to wait', async () => {
  const program = startProgram({});
  program.child.stdin?.end('leaderboard\n'.repeat(150));

  expect(await program.ended).toBe(0);
  expect(program.output().match(/Leaderboard/g)?.length).toBeGreaterThanOrEqual(150);
  expect(program.output()).not.toContain('Too many requests');
});

test('one command is answered and ended', async () => {
  const program = startProgram({}, ['leaderboard']);

  expect(await program.ended).toBe(0);
  expect(program.output()).toContain('Leaderboard');
});

test('wrong settings are said in words, by variable', async () => {
  const program = startProgram({ PORT: 'eighty', SLACK_BOT_TOKEN: 'xoxb-1' });

  expect(await program.ended).toBe(1);
  expect(program.errors()).toContain('PORT must be a port number');
  expect(program.errors()).not.toContain('    at ');
});

test('a refused token is said in words', async () => {
  const discord = await createDiscordStage();
  const program = startProgram({
    DISCORD_TOKEN: 'not-the-token',
    DISCORD_API_URL: discord.url,
    DATABASE_URL: `file:${join(folder, 'refused.db')}`,
  });

  expect(await program.ended).toBe(1);
  expect(program.errors()).toMatch(/token/i);
  expect(program.errors()).not.toContain('    at ');
  await discord.stop();
});

test('workspaces install the app on the port of the program, and a wrong key is said in words', async () => {
  const { server, apiUrl, port, stop } = await createSlackStage({ mode: 'http' });
  const settings = {
    SLACK_CLIENT_ID: CLIENT.clientId,
    SLACK_CLIENT_SECRET: CLIENT.clientSecret,
    SLACK_SIGNING_SECRET: server.tokens.signingSecret,
    SLACK_API_URL: apiUrl,
    PORT: String(port),
    DATABASE_URL: `file:${join(folder, 'many.db')}`,
  };
  const key = 'a key of at least thirty-two characters';
  const program = startProgram({ ...settings, SLACK_INSTALLATION_KEY: key });
  await program.says('"what":"slack"');

  const at = `http://127.0.0.1:${port}/slack`;
  const page = await fetch(`${at}/install`);
  const [cookie = ''] = page.headers.get('set-cookie')?.split(';') ?? [];
  const code = server.grants.allow({
    team: { id: 'T0ACME', name: 'Acme' },
    installer: server.addUser('ana').id,
  });
  const query = new URLSearchParams({ code, state: cookie.split('=')[1] ?? '' });
  const done = await fetch(`${at}/oauth_redirect?${query}`, { headers: { cookie } });
  program.child.kill('SIGTERM');
  expect([page.status, done.status, await program.ended]).toEqual([200, 200, 0]);
  for (const token of server.grants.tokens()) expect(program.output()).not.toContain(token);

  const wrong = startProgram({ ...settings, SLACK_INSTALLATION_KEY: `another ${key}` });
  expect(await wrong.ended).toBe(1);
  expect(wrong.errors()).toMatch(/^SLACK_INSTALLATION_KEY doesn't open the Slack tokens/);
  await stop();
});

test('a port that is taken is said in words, before anything else begins', async () => {
  const other = createServer().listen(0);
  const { port } = other.address() as AddressInfo;
  const discord = await createDiscordStage();
  const program = startProgram({
    PORT: String(port),
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    DATABASE_URL: `file:${join(folder, 'port.db')}`,
  });

  expect(await program.ended).toBe(1);
  expect(program.errors()).toBe(
    `Another program uses PORT ${port}. Stop it, or set PORT to another number.\n`,
  );
  expect(discord.server.gateway.intents).toEqual([]);
  other.close();
  await discord.stop();
});

/** A database in which these posts are due on Discord. */
async function withDuePosts(url: string, { main, guild }: World, keys: readonly string[]) {
  const { store, close } = openSqlite(url);
  const at = new Date();
  const { team } = await store.meet({
    account: 'discord:1',
    name: 'ana',
    workspace: `discord:${guild.id}`,
    workspaceName: 'Server',
    newPersonId: 'p1',
    newTeamId: 't1',
    at,
  });
  await store.addOutgoing(
    keys.map((key) => ({
      key,
      teamId: team.id,
      platform: 'discord',
      what: 'notice',
      outgoing: { kind: 'post', channel: main.id, reply: say(`This is ${key}.`), key },
      state: 'due',
      dueAt: at,
      at,
    })),
  );
  close();
}

test('a signal in the middle of a send that hangs ends the process, and nothing is lost', async () => {
  const discord = await createDiscordStage();
  const url = `file:${join(folder, 'hang.db')}`;
  await withDuePosts(url, discord.server.world, ['first', 'second', 'third']);
  discord.server.fail('hang', 1);
  const program = startProgram({
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    DATABASE_URL: url,
  });
  const isSending = () => discord.server.sent().some(({ path }) => path.endsWith('/messages'));
  await expect.poll(isSending).toBe(true);

  const began = performance.now();
  program.child.kill('SIGTERM');
  expect(await program.ended).toBe(0);
  // It gives up after 9 seconds; compose.yaml kills it after 15.
  expect(performance.now() - began).toBeLessThan(15_000);

  const { store, close } = openSqlite(url);
  const taken = await store.expiredLeases(new Date(Date.now() + 60_000));
  close();
  // The next process sends what had not begun, and resends the first only with its key and in time.
  expect(taken.map(({ key, firstTriedAt }) => [key, firstTriedAt !== null])).toEqual([
    ['first', true],
    ['second', false],
    ['third', false],
  ]);
  await discord.stop();
});
