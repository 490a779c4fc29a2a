import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { holdLock } from './support/answering.ts';
import { ANSWERS } from './support/discord/server.ts';
import { createDiscordStage } from './support/discord/stage.ts';
import { startProgram } from './support/process.ts';
import { createSlackStage } from './support/slack/stage.ts';
import type { Actor, Message, Seen } from './support/stage.ts';

const TOOLS = join(import.meta.dirname, '../dist/tools');

const folder = mkdtempSync(join(tmpdir(), 'warmup-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A service that is down, and repeats what it was sent. */
async function brokenServer() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    request.resume();
    response.writeHead(500).end(`no: ${request.url} ${request.headers.authorization}`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, port, asked, stop: () => server.close() };
}

const message = (seen: Seen): Message => {
  if (seen.kind !== 'message') throw new Error('a form was not expected');
  return seen;
};

/** An interview of which an answer goes to the examiner. */
async function interviewed(ana: Actor, text: string): Promise<void> {
  await ana.command('mock', { minutes: '15' });
  const opened = async () =>
    (await ana.inbox()).find(({ buttons }) => buttons.includes('Start with examiner'));
  await expect.poll(opened).toBeDefined();
  const card = message(await ana.press((await opened()) as Message, 'Start with examiner'));
  const form = await ana.press(card, 'Answer');
  if (form.kind !== 'form') throw new Error('Answer must ask');
  await ana.fill(form, { [form.fields[0]?.name ?? 'text']: text });
}

test("no secret and nobody's words are in a log, a metric, a backup, or somebody else's export", async () => {
  const broken = await brokenServer();
  const free = await brokenServer();
  free.stop();
  const discord = await createDiscordStage({ token: 'canary-discord-token' });
  const slack = await createSlackStage({ mode: 'socket' });
  const file = join(folder, 'secrets.db');
  const settings = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.url,
    SLACK_BOT_TOKEN: slack.tokens.botToken,
    SLACK_APP_TOKEN: slack.tokens.appToken ?? '',
    SLACK_API_URL: slack.apiUrl,
    SLACK_SIGNING_SECRET: 'canary-signing-secret',
    ANSWER_KEY: 'canary-answer-key',
    EXAMINER: `model@${broken.url}/canary-judge-address`,
    EXAMINER_KEY: 'canary-judge-key',
    HEARTBEAT_URL: `${broken.url}/canary-heartbeat`,
    PORT: String(free.port),
    LOG_LEVEL: 'debug',
    DATABASE_URL: `file:${file}`,
  };
  const secrets = [
    settings.DISCORD_TOKEN,
    settings.SLACK_BOT_TOKEN,
    settings.SLACK_APP_TOKEN,
    settings.SLACK_SIGNING_SECRET,
    settings.ANSWER_KEY,
    'canary-judge-address',
    settings.EXAMINER_KEY,
    'canary-heartbeat',
    // Where an answer to somebody can be sent: for 15 minutes on Discord, for 30 on Slack.
    '/token-',
    '/response/',
    'trigger_id',
  ];
  const words = ['canary-name', 'canary-answer', 'canary-line', 'canary-report'];
  const inText = (text: string, canaries: readonly string[]) =>
    canaries.filter((canary) => text.includes(canary));
  const program = startProgram(settings);
  await program.says('"what":"slack"');
  const ana = slack.stage.actor('canary-name');
  const bo = discord.stage.actor('canary-name on Discord');

  const admin = slack.stage.actor('boss', { admin: true });
  await admin.command('setup examiner', { action: 'on' });
  await interviewed(
    ana,
    'canary-answer: the model keeps keys and values of tokens in memory, which changes cost and latency in training and serving.',
  );
  await ana.command('question report', { question: 'c5-why-kv-cache', text: 'canary-report' });
  await ana.say('canary-line and some more words');
  // Each way in meets a platform that fails, and a database that another program holds.
  slack.server.failResponses(3);
  discord.server.fail('error', 6, ANSWERS);
  await Promise.allSettled([
    ana.command('help', {}),
    bo.command('question report', { question: 'c5-why-kv-cache', text: 'canary-report' }),
    bo.command('leaderboard'),
  ]);
  const lock = await holdLock(file, 'begin exclusive', 3500);
  await Promise.allSettled([
    ana.command('question report', { question: 'c5-why-kv-cache', text: 'canary-report' }),
    lock.released,
  ]);
  const exported = await slack.stage.actor('eve').command('me', { action: 'export' });
  const pages = await Promise.all(
    ['metrics', 'readyz'].map((page) =>
      fetch(`http://127.0.0.1:${free.port}/${page}`).then((response) => response.text()),
    ),
  );
  // What isn't answered yet is stored, with what its answer needs.
  const stored = new Database(file, { readonly: true });
  const unanswered = stored.prepare('select count(*) from deliveries where payload is not null');
  await expect.poll(() => unanswered.pluck().get()).toBe(0);
  stored.close();
  program.child.kill('SIGTERM');
  await program.ended;
  const said = program.output() + program.errors();

  // What was meant to be tried was tried.
  expect(broken.asked.join()).toContain('canary-judge-address');
  expect(said).toContain('"where":"examiner"');
  expect(said).toMatch(/"kind":"failed".*"platform":"discord"|"where":"discord/);
  expect(said).toMatch(/locked|busy/i);
  expect(exported.kind).toBe('message');

  expect(inText(said, [...secrets, ...words])).toEqual([]);
  for (const page of pages) expect(inText(page, [...secrets, ...words])).toEqual([]);
  expect(inText(JSON.stringify(exported), [...secrets, ...words])).toEqual([]);
  const doctor = startProgram(
    { ...settings, SLACK_BOT_TOKEN: 'xoxb-canary-wrong' },
    [],
    join(TOOLS, 'doctor.js'),
  );
  const backup = startProgram(settings, [join(folder, 'copies')], join(TOOLS, 'backup.js'));
  await Promise.all([doctor.ended, backup.ended]);
  const wrong = startProgram({ ...settings, SLACK_BOT_TOKEN: 'canary-wrong', PORT: 'canary-port' });
  await wrong.ended;
  for (const { output, errors } of [doctor, backup, wrong])
    expect(inText(output() + errors(), [...secrets, 'canary-wrong', 'canary-port'])).toEqual([]);
  const files = [folder, join(folder, 'copies')].flatMap((at) =>
    readdirSync(at, { withFileTypes: true })
      .filter((each) => each.isFile())
      .map(({ name }) => join(at, name)),
  );
  expect(files.length).toBeGreaterThan(1);
  for (const each of files) expect(inText(readFileSync(each, 'latin1'), secrets), each).toEqual([]);
  await discord.stop();
  await slack.stop();
  broken.stop();
});
