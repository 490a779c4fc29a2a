import { afterEach, expect, test } from 'vitest';
import type { Outgoing } from '../../../src/spine/platform.ts';
import { type Reply, say } from '../../../src/spine/reply.ts';
import { type Started, type Stub, startAdapter } from '../../support/discord/adapter.ts';
import { visible } from '../../support/discord/visible.ts';
import { PERMISSION } from '../../support/discord/world.ts';
import { SAMPLE_REPLIES } from '../../support/sample-replies.ts';
import { until } from '../../support/waiting.ts';

let started: Started;

async function start(stub: Stub = {}): Promise<Started> {
  started = await startAdapter(stub);
  return started;
}

afterEach(() => started.stop());

const send = (outgoing: Outgoing) => started.adapter.platform.send(outgoing);
const main = () => started.server.world.main.id;
const post = (key = 'slot-1', reply: Reply = say('Daily question')) =>
  send({ kind: 'post', channel: main(), reply, key });
const standing = (channel = main()) => started.server.world.messages.get(channel) ?? [];

test('every message pings nobody', async () => {
  await start();

  await post('a', say('@everyone <@1>'));

  expect(started.server.sent().at(-1)?.body).toMatchObject({ allowed_mentions: { parse: [] } });
});

test.each(Object.entries(SAMPLE_REPLIES))('Discord takes the reply "%s"', async (name, reply) => {
  await start();

  const sent = await post(name, reply);

  expect(started.server.complaints()).toEqual([]);
  expect(sent.ok).toBe(true);
});

test('long text goes on in a file that holds all of it', async () => {
  await start();
  const words = Array.from({ length: 1200 }, (_, at) => `word${at}`);

  await post('long', say(words.join(' ')));

  const [message] = standing();
  const file = new TextDecoder().decode(message?.attachments[0]?.bytes);
  expect(file.split(/\s+/)).toEqual(words);
  expect(visible(message ?? { components: [], content: '', attachments: [] }).text).toMatch(
    /word\d+…\n/,
  );
});

test('a drawn chart is shown with its alternative text, instead of the bars', async () => {
  await start({ draw: async () => new Uint8Array([0x89, 0x50]) });

  await post('chart', SAMPLE_REPLIES['bar chart']);

  const [message] = standing();
  expect(message?.attachments.map(({ name, mime }) => [name, mime])).toEqual([
    ['1-chart.png', 'image/png'],
  ]);
  expect(JSON.stringify(message?.components)).toContain('fp16 needs 16 GiB of weights');
  expect(visible(message ?? { components: [], content: '', attachments: [] }).text).not.toContain(
    '████',
  );
});

test('a chart that cannot be drawn is shown as text', async () => {
  await start({ draw: () => Promise.reject(new Error('no font')) });

  await post('chart', SAMPLE_REPLIES['bar chart']);

  expect(standing()[0]?.attachments).toEqual([]);
});

test('an edit changes the message and takes its old files away', async () => {
  await start();
  const sent = await post('files', SAMPLE_REPLIES['files']);
  if (!sent.ok) throw new Error('not sent');

  const edited = await send({ ...sent, kind: 'edit', reply: say('Closed'), key: 'edit-1' });

  expect(edited).toEqual({ ok: true, channel: sent.channel, message: sent.message });
  expect(standing().map((message) => visible(message))).toEqual([
    { text: 'Closed', buttons: [], selects: [], files: [] },
  ]);
});

test('a thread opens under a message and takes posts', async () => {
  await start();
  const sent = await post();
  if (!sent.ok) throw new Error('not sent');

  const thread = await send({
    kind: 'thread',
    channel: main(),
    message: sent.message,
    title: 'Discussion\n1',
    key: 't',
  });
  if (!thread.ok) throw new Error('no thread');
  const inside = await send({
    kind: 'post',
    channel: main(),
    thread: thread.message,
    reply: say('Recap'),
    key: 'r',
  });

  expect(started.server.world.channels.get(thread.message)).toMatchObject({
    type: 11,
    name: 'Discussion 1',
    parent: main(),
  });
  expect(inside).toMatchObject({ ok: true, channel: thread.message });
});

test('a thread that an earlier attempt has opened is found again', async () => {
  await start();
  const sent = await post();
  if (!sent.ok) throw new Error('not sent');
  const outgoing = {
    kind: 'thread',
    channel: main(),
    message: sent.message,
    title: 'Discussion',
    key: 't',
  } as const;

  const first = await send(outgoing);

  expect(await send(outgoing)).toEqual(first);
});

test.each([
  [true, 12],
  [false, 11],
])('a room whose privacy is %s is a thread of type %i with its people', async (isPrivate, type) => {
  const { person } = await start();
  const ada = person('Ada').user.id;

  const room = await send({
    kind: 'room',
    channel: main(),
    title: 'Mock interview',
    accounts: [`discord:${ada}`],
    isPrivate,
    key: 'm',
  });

  if (!room.ok) throw new Error('no room');
  const made = started.server.world.channels.get(room.message);
  expect(made).toMatchObject({ type, name: 'Mock interview', parent: main() });
  expect(made?.members).toContain(ada);
});

test('a room stands although somebody could not be added', async () => {
  const { events } = await start();

  const room = await send({
    kind: 'room',
    channel: main(),
    title: 'Mock',
    accounts: ['discord:100000000000000001'],
    isPrivate: true,
    key: 'm',
  });

  expect(room.ok).toBe(true);
  expect(events.at(-1)).toMatchObject({ kind: 'sent', what: 'room member', outcome: 'refused' });
});

test('somebody who takes no direct messages is told how, and it is not tried again', async () => {
  const { person } = await start();
  const { user } = person('Ada');
  user.takesMessages = false;

  const sent = await send({
    kind: 'direct',
    account: `discord:${user.id}`,
    reply: say('Hello'),
    key: 'd',
  });

  expect(sent).toMatchObject({
    ok: false,
    outcome: 'refused',
    problem: { code: 'cannot-message' },
  });
});

test.each([
  ['refuse', 'refused', 'missing-permission'],
  ['gone', 'refused', 'channel-gone'],
  ['busy', 'busy', 'rate-limited'],
  ['error', 'unknown', 'unavailable'],
  ['lose', 'unknown', 'unavailable'],
] as const)('a send that fails by "%s" is %s', async (how, outcome, code) => {
  await start();
  started.server.fail(how, 1);

  expect(await post()).toMatchObject({ ok: false, outcome, problem: { code } });
});

test('a send is tried once, whatever happens to it', async () => {
  await start();
  started.server.fail('error', 1);

  await post();

  expect(
    started.server
      .sent()
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/messages')),
  ).toHaveLength(1);
});

test('a rate limit says after how many milliseconds to try again', async () => {
  await start();
  started.server.fail('busy', 1);

  const sent = await post();

  // The header says one second; the client adds its safety margin of 50 ms.
  expect(sent).toMatchObject({ retryAfterMs: 1050 });
});

test('posts go out at even distances, 40 in a second', async () => {
  await start();

  await Promise.all(Array.from({ length: 30 }, (_, at) => post(`slot-${at}`)));

  const times = standing().map(({ at }) => at);
  expect(Math.max(...times) - Math.min(...times)).toBeGreaterThanOrEqual(29 * 25 - 25);
});

test('a lost answer may be asked for again without a second message', async () => {
  await start();
  started.server.fail('lose', 1);

  const first = await post();
  const second = await post();

  expect(first).toMatchObject({ ok: false, outcome: 'unknown' });
  expect(second.ok).toBe(true);
  expect(standing()).toHaveLength(1);
});

test('when Discord cannot be reached, nothing was sent', async () => {
  await start();
  await started.server.stop();

  // A connection that the client kept may break under the first request, whose fate is then unknown.
  const sent = await until(async () => {
    const tried = await post();
    return !tried.ok && tried.outcome === 'unknown' ? undefined : tried;
  });

  expect(sent).toMatchObject({ ok: false, outcome: 'busy', problem: { code: 'unavailable' } });
});

test.each([
  [{ locked: true, archived: true }, 'archived'],
  [{ locked: false, archived: true }, undefined],
] as const)('a thread that is %j', async (state, code) => {
  const { server } = await start();
  const thread = server.world.addChannel({ name: 't', type: 11, parent: main(), ...state });

  const sent = await send({
    kind: 'post',
    channel: main(),
    thread: thread.id,
    reply: say('Recap'),
    key: 'r',
  });

  expect(sent.ok ? undefined : sent.problem.code).toBe(code);
});

test('an edit opens the archived thread of its message', async () => {
  const { server } = await start();
  const thread = server.world.addChannel({ name: 't', type: 11, parent: main() });
  const at = { channel: main(), thread: thread.id };
  const sent = await send({ kind: 'post', ...at, reply: say('Before'), key: 'r' });
  thread.archived = true;

  const edited = await send({
    kind: 'edit',
    ...at,
    message: sent.ok ? sent.message : '',
    reply: say('After'),
    key: 'e',
  });

  expect(edited.ok).toBe(true);
  expect(standing(thread.id).map((message) => visible(message).text)).toEqual(['After']);
});

test('an edit of a deleted message is refused in words', async () => {
  await start();

  const sent = await send({
    kind: 'edit',
    channel: main(),
    message: '100000000000000001',
    reply: say('x'),
    key: 'e',
  });

  expect(sent).toMatchObject({
    ok: false,
    outcome: 'refused',
    problem: { words: 'This message was deleted.' },
  });
});

test.each([
  ['View Channel', PERMISSION.viewChannel],
  ['Send Messages', PERMISSION.sendMessages],
  ['Embed Links', PERMISSION.embedLinks],
  ['Attach Files', PERMISSION.attachFiles],
  ['Create Public Threads', PERMISSION.publicThreads],
  ['Send Messages in Threads', PERMISSION.sendInThreads],
  ['Create Private Threads', PERMISSION.privateThreads],
])('the check names the missing permission "%s" and where to turn it on', async (label, bit) => {
  const { server } = await start();
  server.deny(bit);

  const problems = await until(async () => {
    const found = await started.adapter.platform.check(main());
    return found.length > 0 ? found : undefined;
  });

  // Without View Channel, Discord takes every other permission away as well.
  expect(problems[0]?.words).toContain(`${label} permission in #daily`);
  expect(problems[0]?.words).toContain('Edit Channel > Permissions');
});

test('the check of a channel that is gone says so, and names the command as data', async () => {
  await start();

  expect(await started.adapter.platform.check('100000000000000001')).toMatchObject([
    {
      code: 'channel-gone',
      words: [expect.any(String), { command: 'setup' }, expect.any(String)],
    },
  ]);
});

test('a bot and somebody who is not in the server are strangers there', async () => {
  await start();
  const { world } = started.server;
  const ana = world.addUser('ana');
  const strangerIn = (workspace: string, user: string) =>
    started.adapter.platform.strangerIn?.(workspace, `discord:${user}`);

  const found = await Promise.all(
    [ana.id, world.bot.id, world.newId()].map((id) => strangerIn(`discord:${world.guild.id}`, id)),
  );

  expect(found).toEqual([undefined, 'bot', 'outside']);
  expect(await strangerIn(`discord:@${ana.id}`, world.bot.id)).toBeUndefined();
});

test('who manages the server now is asked of Discord every time, and unknown without an answer', async () => {
  const { server } = await start();
  const { world } = server;
  const [ana, bo] = [world.addUser('ana', true), world.addUser('bo')];
  const isAdmin = (user: string, guild = world.guild.id) =>
    started.adapter.platform.isAdmin?.(`discord:${guild}`, `discord:${user}`);

  expect(await Promise.all([ana.id, bo.id, world.newId()].map((id) => isAdmin(id)))).toEqual([
    true,
    false,
    false,
  ]);
  ana.isAdmin = false;
  expect(await isAdmin(ana.id)).toBe(false);
  expect(await isAdmin(ana.id, world.newId())).toBeUndefined();
  server.fail('refuse', 1, /members/);
  expect(await isAdmin(ana.id)).toBeUndefined();
});
