import { createServer } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSlack } from '../../../src/adapters/slack/index.ts';
import type { Adapter } from '../../../src/spine/platform.ts';
import { payloads } from '../../support/slack/payloads.ts';
import { signature } from '../../support/slack/server.ts';
import { createSlackStage, type SlackStage } from '../../support/slack/stage.ts';
import { type StubBot, stubBot } from '../../support/slack/stub-bot.ts';

let slack: SlackStage;
let adapter: Adapter;
let bot: StubBot;
let body: string;

const SECRET = 'test-signing-secret';
const now = () => Math.floor(Date.now() / 1000);
const options = () => ({
  bot,
  ...slack.tokens,
  port: slack.port,
  apiUrl: slack.apiUrl,
  emit: () => {},
  clock: { now: () => new Date() },
});

beforeEach(async () => {
  slack = await createSlackStage({ mode: 'http' });
  bot = stubBot(() => ({ kind: 'nothing' }));
  adapter = await startSlack(options());
  const user = slack.server.addUser('Ada').id;
  const payload = payloads(slack.server).command(user, 'C0GENERAL', '/warmup', 'me');
  body = String(new URLSearchParams(payload));
});

afterEach(async () => {
  await adapter.stop();
  await slack.stop();
});

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const post = (headers: Record<string, string> = {}, sent = body) =>
  slack.server.postSigned(sent, { ...form, ...headers });
const signedAt = (seconds: number) => ({
  'x-slack-request-timestamp': String(seconds),
  'x-slack-signature': signature(SECRET, String(seconds), body),
});

test('a signed request reaches the machine', async () => {
  const response = await post();

  expect(response.status).toBe(200);
  await expect.poll(() => bot.requests).toHaveLength(1);
});

test.each([
  ['299 seconds old', -299],
  ['299 seconds ahead', 299],
])('a clock that differs a little is fine: %s', async (_name, offset) => {
  expect((await post(signedAt(now() + offset))).status).toBe(200);
});

test.each([
  ['another secret', () => ({ 'x-slack-signature': signature('other', String(now()), body) })],
  [
    'another body',
    () => ({ 'x-slack-signature': signature(SECRET, String(now()), `${body}&a=b`) }),
  ],
  ['another time', () => ({ ...signedAt(now()), 'x-slack-request-timestamp': String(now() - 1) })],
  ['302 seconds old', () => signedAt(now() - 302)],
  ['302 seconds ahead', () => signedAt(now() + 302)],
  ['a day ahead', () => signedAt(now() + 86_400)],
  [
    'an unknown version',
    () => ({ 'x-slack-signature': signature(SECRET, String(now()), body).replace('v0', 'v1') }),
  ],
  ['no version', () => ({ 'x-slack-signature': signature(SECRET, String(now()), body).slice(3) })],
  ['an empty hash', () => ({ 'x-slack-signature': 'v0=' })],
  ['an empty signature', () => ({ 'x-slack-signature': '' })],
  [
    'a cut hash',
    () => ({ 'x-slack-signature': signature(SECRET, String(now()), body).slice(0, -1) }),
  ],
  [
    'two signatures',
    () => ({ 'x-slack-signature': `v0=x, ${signature(SECRET, String(now()), body)}` }),
  ],
  ['a time in words', () => ({ ...signedAt(now()), 'x-slack-request-timestamp': 'now' })],
  ['an empty time', () => ({ ...signedAt(now()), 'x-slack-request-timestamp': '' })],
  [
    'a signature with an empty secret',
    () => ({ 'x-slack-signature': signature('', String(now()), body) }),
  ],
])('%s is refused', async (_name, headers) => {
  const response = await post(headers());

  expect(response.status).toBe(401);
  expect(bot.requests).toEqual([]);
});

test('without headers nothing is believed', async () => {
  const response = await fetch(`http://127.0.0.1:${slack.port}/slack/events`, {
    method: 'POST',
    body,
    headers: form,
  });

  expect(response.status).toBe(401);
});

test('the challenge of a new address is answered when it is signed', async () => {
  const challenge = JSON.stringify({ type: 'url_verification', challenge: 'c1' });
  const json = { 'content-type': 'application/json' };

  const signed = await slack.server.postSigned(challenge, json);
  const forged = await slack.server.postSigned(challenge, { ...json, 'x-slack-signature': 'v0=x' });

  expect(await signed.json()).toEqual({ challenge: 'c1' });
  expect(forged.status).toBe(401);
});

test('a check of the certificate smuggles nothing in', async () => {
  const response = await fetch(`http://127.0.0.1:${slack.port}/slack/events`, {
    method: 'POST',
    body: `${body}&ssl_check=1`,
    headers: form,
  });

  expect(response.status).toBe(200);
  expect(bot.requests).toEqual([]);
});

test.each(['/', '/other', '//', '/slack/events/', '/slack/events?x=1'])(
  'there is nothing at %s',
  async (path) => {
    const response = await fetch(`http://127.0.0.1:${slack.port}${path}`, { method: 'POST', body });

    expect(response.status).toBe(404);
    expect(bot.requests).toEqual([]);
  },
);

test('a server of another kind can take the listener', async () => {
  await adapter.stop();
  const server = createServer();
  adapter = await startSlack({
    ...options(),
    mount: (listener) => server.on('request', listener),
  });
  await new Promise<void>((resolve) => server.listen(slack.port, '127.0.0.1', resolve));

  const good = await post();
  const ahead = await post(signedAt(now() + 400));
  const other = await fetch(`http://127.0.0.1:${slack.port}/other`);
  await new Promise((resolve) => server.close(resolve));

  expect([good.status, ahead.status, other.status]).toEqual([200, 401, 404]);
});

const JSON_TYPE = { 'content-type': 'application/json' };

test.each(['null', '[]', '1', '"x"', 'true', '', '{', '[{}]', 'undefined'])(
  'a signed body that is no object is refused: %s',
  async (sent) => {
    expect((await slack.server.postSigned(sent, JSON_TYPE)).status).toBe(400);
    const payload = String(new URLSearchParams({ payload: sent }));
    expect((await post({}, payload)).status).toBe(400);
    expect((await post()).status).toBe(200);
  },
);

test('an unsigned body that is no object is not looked at', async () => {
  const unsigned = { ...JSON_TYPE, 'x-slack-signature': 'v0=' };
  expect((await slack.server.postSigned('null', unsigned)).status).toBe(401);
});
