import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createDiscordStage } from './support/discord-stage.ts';
import { startProgram } from './support/process.ts';
import { createSlackStage } from './support/slack-stage.ts';

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
    expect(seen.kind === 'message' && seen.text).toContain('Nobody has answered a question yet');
  expect(program.output()).not.toContain(discord.token);
  await discord.stop();
  await slack.stop();
}, 60_000);

test('a pipe is answered and ended', async () => {
  const program = startProgram({});
  program.child.stdin?.end('daily\nleaderboard\n');

  expect(await program.ended).toBe(0);
  expect(program.output()).toContain('Your answer');
  expect(program.output()).toContain('Mira (simulated)');
  expect(program.errors()).toBe('');
}, 30_000);

test('somebody who types quickly in the demo is never asked to wait', async () => {
  const program = startProgram({});
  program.child.stdin?.end('leaderboard\n'.repeat(150));

  expect(await program.ended).toBe(0);
  expect(program.output().match(/Leaderboard/g)?.length).toBeGreaterThanOrEqual(150);
  expect(program.output()).not.toContain('a lot at once');
}, 60_000);

test('one command is answered and ended', async () => {
  const program = startProgram({}, ['leaderboard']);

  expect(await program.ended).toBe(0);
  expect(program.output()).toContain('Leaderboard');
}, 30_000);

test('wrong settings are said in words, by variable', async () => {
  const program = startProgram({ PORT: 'eighty', SLACK_BOT_TOKEN: 'xoxb-1' });

  expect(await program.ended).toBe(1);
  expect(program.errors()).toContain('PORT is a port number');
  expect(program.errors()).not.toContain('    at ');
}, 30_000);

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
}, 30_000);
