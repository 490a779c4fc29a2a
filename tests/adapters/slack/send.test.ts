import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startSlack } from '../../../src/adapters/slack/index.ts';
import { UserError } from '../../../src/spine/errors.ts';
import type { Adapter, Outgoing } from '../../../src/spine/platform.ts';
import { plain, say } from '../../../src/spine/reply.ts';
import { createSlackStage, type SlackStage } from '../../support/slack/stage.ts';
import { stubBot } from '../../support/slack/stub-bot.ts';

let slack: SlackStage;
let adapter: Adapter;

const start = (options: object = {}) =>
  startSlack({
    bot: stubBot(),
    ...slack.tokens,
    apiUrl: slack.apiUrl,
    emit: () => {},
    clock: { now: () => new Date(slack.server.now()) },
    ...options,
  });

beforeEach(async () => {
  slack = await createSlackStage({ mode: 'socket' });
  adapter = await start();
});

afterEach(async () => {
  await adapter.stop();
  await slack.stop();
});

const post: Outgoing = { kind: 'post', channel: 'C0GENERAL', reply: say('Hello.'), key: 'k1' };
const sends = () => slack.stage.sent().filter(({ path }) => path.includes('chat.'));

test('an edit takes the place of the blocks', async () => {
  const sent = await adapter.platform.send(post);
  const message = sent.ok ? sent.message : '';

  const edited = await adapter.platform.send({
    kind: 'edit',
    channel: 'C0GENERAL',
    message,
    reply: say('Closed.'),
    key: 'k2',
  });

  expect(edited).toEqual({ ok: true, channel: 'C0GENERAL', message });
  expect(await slack.stage.messages('C0GENERAL')).toMatchObject([{ text: 'Closed.' }]);
});

test('a thread is its first message, and a post with it stands in the thread', async () => {
  const root = await adapter.platform.send(post);
  const message = root.ok ? root.message : '';
  const before = sends().length;

  const thread = await adapter.platform.send({
    kind: 'thread',
    channel: 'C0GENERAL',
    message,
    title: 'Discussion',
    key: 'k2',
  });

  expect(thread).toEqual({ ok: true, channel: 'C0GENERAL', message });
  expect(sends()).toHaveLength(before);
  await adapter.platform.send({ ...post, thread: message, key: 'k3' });
  expect(await slack.stage.messages('C0GENERAL', message)).toMatchObject([{ text: 'Hello.' }]);
});

test('a direct message goes to the person and tells its conversation', async () => {
  slack.server.addUser('Ada');

  const sent = await adapter.platform.send({
    kind: 'direct',
    account: 'slack:T0TEAM/U0ADA',
    reply: say('For you.'),
    key: 'k1',
  });

  expect(sent).toMatchObject({ ok: true, channel: 'D00ADA' });
  expect(await slack.stage.actor('Ada').inbox()).toMatchObject([{ text: 'For you.' }]);
});

test('a private room is a direct message or one to a group, any other opens a thread', async () => {
  slack.server.addUser('Ada');
  slack.server.addUser('Bob');
  const room = { kind: 'room' as const, channel: 'C0GENERAL', title: 'Mock <interview>', key: 'k' };

  const alone = await adapter.platform.send({
    ...room,
    accounts: ['slack:T0TEAM/U0ADA'],
    isPrivate: true,
  });
  const two = await adapter.platform.send({
    ...room,
    accounts: ['slack:T0TEAM/U0ADA', 'slack:T0TEAM/U0BOB'],
    isPrivate: true,
  });

  expect(alone).toMatchObject({ ok: true, channel: 'D00ADA' });
  const open = await adapter.platform.send({
    ...room,
    accounts: ['slack:T0TEAM/U0ADA'],
    isPrivate: false,
  });
  expect(two).toMatchObject({ ok: true, channel: 'C0MPDMU0ADAU0BOB' });
  expect(open).toMatchObject({ ok: true, channel: 'C0GENERAL' });
  const [message] = await slack.stage.messages('C0MPDMU0ADAU0BOB');
  expect(message?.text).toBe('Mock <interview> <@U0ADA> <@U0BOB>');
  expect(slack.stage.complaints()).toEqual([]);
});

test('Slack has no key for a second attempt', () => {
  expect(adapter.platform.resendSafeForMs).toBe(0);
});

test.each([
  ['refuse', 'refused', 'not-a-member', /\/invite @warmup/],
  ['gone', 'refused', 'channel-gone', /deleted, or it's private.*\/invite @warmup/],
  ['busy', 'busy', 'rate-limited', /asked me to wait \(ratelimited\)/],
  ['lose', 'unknown', 'unavailable', /may or may not have been sent/],
] as const)('%s: the outcome is %s, after one attempt', async (how, outcome, code, words) => {
  slack.stage.fail(how, 1);

  const sent = await adapter.platform.send(post);

  expect(sent).toMatchObject({ ok: false, outcome, problem: { code } });
  expect(sent.ok ? '' : plain(sent.problem.words)).toMatch(words);
  expect(sends()).toHaveLength(1);
  const shown = await slack.stage.messages('C0GENERAL');
  expect(shown).toHaveLength(how === 'lose' ? 1 : 0);
});

test('a busy Slack says when to try again', async () => {
  slack.stage.fail('busy', 1);

  expect(await adapter.platform.send(post)).toMatchObject({ retryAfterMs: 1000 });
});

test.each([
  [
    { error: 'missing_scope', needed: 'chat:write', provided: 'commands' },
    'missing-permission',
    /the chat:write scope and has commands/,
  ],
  [{ error: 'is_archived' }, 'archived', /Unarchive/],
  [{ error: 'invalid_auth' }, 'token', /SLACK_BOT_TOKEN/],
  [{ error: 'token_revoked' }, 'token', /SLACK_BOT_TOKEN/],
  [{ error: 'restricted_action_read_only_channel' }, 'missing-permission', /posting permissions/],
  [{ error: 'user_disabled' }, 'cannot-message', /can't message this person/],
  [{ error: 'message_not_found' }, 'invalid', /can't be changed/],
  [{ error: 'something_new' }, 'invalid', /something_new/],
] as const)('%o is refused in words', async (answer, code, words) => {
  slack.server.reject('chat.postMessage', { ok: false, ...answer });

  const sent = await adapter.platform.send(post);

  expect(sent).toMatchObject({ ok: false, outcome: 'refused', problem: { code } });
  expect(sent.ok ? '' : plain(sent.problem.words)).toMatch(words);
});

test.each([
  ['internal_error', 'unknown'],
  ['fatal_error', 'unknown'],
  ['service_unavailable', 'busy'],
  ['ratelimited', 'busy'],
])('%s leaves the outcome %s', async (error, outcome) => {
  slack.server.reject('chat.postMessage', { ok: false, error });

  expect(await adapter.platform.send(post)).toMatchObject({ ok: false, outcome });
});

test('blocks that Slack refuses are sent again plainer, and then given up', async () => {
  slack.server.reject('chat.postMessage', { ok: false, error: 'invalid_blocks' });

  const sent = await adapter.platform.send(post);

  expect(sent).toMatchObject({ ok: false, outcome: 'refused', problem: { code: 'invalid' } });
  expect(sends()).toHaveLength(3);
});

test.each([
  ['a public channel without the app', { members: new Set<string>() }, 'not-a-member'],
  [
    'a private channel without the app',
    { members: new Set<string>(), isPrivate: true },
    'channel-gone',
  ],
  ['an archived channel', { isArchived: true }, 'archived'],
] as const)('check names what is wrong with %s', async (_name, options, code) => {
  const { id } = slack.server.addChannel('other', options);

  expect(await adapter.platform.check(id)).toMatchObject([{ code }]);
});

test('a channel that was deleted is gone', async () => {
  expect(await adapter.platform.check('C0NOWHERE')).toMatchObject([{ code: 'channel-gone' }]);
});

test('what says nothing about the channel is no problem of it', async () => {
  slack.server.reject('chat.postEphemeral', { ok: false, error: 'user_not_found' });

  expect(await adapter.platform.check('C0GENERAL')).toEqual([]);
});

test('a dead address is certainly not sent', async () => {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  const port = typeof address === 'object' ? address?.port : 0;
  await new Promise((resolve) => probe.close(resolve));

  const failed = start({ apiUrl: `http://127.0.0.1:${port}/api/` });

  await expect(failed).rejects.toThrow(/can't reach Slack \(ECONNREFUSED\)/);
});

test.each([
  [{ botToken: 'xoxb-wrong' }, /rejected SLACK_BOT_TOKEN \(invalid_auth\)/],
  [{ appToken: 'xapp-wrong' }, /rejected SLACK_APP_TOKEN \(invalid_auth\)/],
  [{ appToken: '' }, /SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET/],
  [{ appToken: '', signingSecret: '' }, /SLACK_APP_TOKEN .* or SLACK_SIGNING_SECRET/],
])('%o is told in words', async (options, words) => {
  const failed = start(options);

  await expect(failed).rejects.toThrow(words);
  await expect(failed).rejects.toBeInstanceOf(UserError);
});

test('a lost socket is opened again at once', async () => {
  const [socket] = slack.server.sockets;
  socket?.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));

  await expect.poll(() => [...slack.server.sockets].includes(socket as never)).toBe(false);
  await expect.poll(() => slack.server.sockets.size).toBe(1);
  const seen = await slack.stage.actor('Ada').command('me');

  expect(seen).toMatchObject({ kind: 'message' });
});

test('a revoked app token ends in words, not in a crash', async () => {
  await adapter.stop();
  const failures: unknown[] = [];
  adapter = await start({ emit: (event: unknown) => failures.push(event) });
  slack.server.reject('apps.connections.open', { ok: false, error: 'token_revoked' });

  for (const socket of slack.server.sockets) socket.terminate();

  await expect
    .poll(() => failures)
    .toContainEqual(expect.objectContaining({ kind: 'failed', where: 'slack socket' }));
});

test('stopping waits for work under way', async () => {
  await adapter.stop();
  let isDone = false;
  const bot = stubBot(
    () =>
      new Promise((resolve) =>
        setTimeout(() => {
          isDone = true;
          resolve({ kind: 'nothing' });
        }, 200),
      ),
  );
  adapter = await start({ bot });
  const ada = slack.stage.actor('Ada');
  void ada.command('slow').catch(() => {});
  await expect.poll(() => bot.requests.length).toBe(1);

  await adapter.stop();

  expect(isDone).toBe(true);
  adapter = await start();
});

test('an app and somebody of another workspace are strangers', async () => {
  slack.server.addUser('ana');
  slack.server.addUser('helper', { isBot: true });
  slack.server.addUser('guest', { team: 'T0OTHER' });
  const team = slack.server.team.id;

  const found = await Promise.all(
    ['U0ANA', 'U0HELPER', 'USLACKBOT', 'U0GUEST', 'U0NOBODY'].map((user) =>
      adapter.platform.strangerIn?.(`slack:${team}`, `slack:${team}/${user}`),
    ),
  );

  expect(found).toEqual([undefined, 'bot', 'bot', 'outside', 'outside']);
});

test('who manages the workspace now is asked of Slack every time', async () => {
  const ana = slack.server.addUser('ana', { isAdmin: true });
  slack.server.addUser('bo');
  const team = slack.server.team.id;
  const isAdmin = (user: string) =>
    adapter.platform.isAdmin?.(`slack:${team}`, `slack:${team}/${user}`);

  expect(await Promise.all(['U0ANA', 'U0BO', 'U0NOBODY'].map(isAdmin))).toEqual([
    true,
    false,
    false,
  ]);
  ana.isDeleted = true;
  expect(await isAdmin('U0ANA')).toBe(false);
  Object.assign(ana, { isAdmin: false, isDeleted: false });
  expect(await isAdmin('U0ANA')).toBe(false);
  slack.server.reject('users.info', { ok: false, error: 'internal_error' });
  expect(await isAdmin('U0ANA')).toBeUndefined();
});
