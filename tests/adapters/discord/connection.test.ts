import { afterEach, expect, test } from 'vitest';
import { startDiscord } from '../../../src/adapters/discord/index.ts';
import { UserError } from '../../../src/spine/errors.ts';
import { type Reply, say } from '../../../src/spine/reply.ts';
import { answer, type Started, type Stub, startAdapter } from '../../support/discord/adapter.ts';
import { slash } from '../../support/discord/gestures.ts';
import { visible } from '../../support/discord/visible.ts';
import { PERMISSION } from '../../support/discord/world.ts';
import { later, until } from '../../support/waiting.ts';

let started: Started;

async function start(stub: Stub = {}): Promise<Started> {
  started = await startAdapter(stub);
  return started;
}

afterEach(() => started.stop());

test('only the intent for servers is asked for', async () => {
  const { server } = await start();

  expect(server.gateway.intents).toEqual([1]);
});

test('typed answers ask for messages, and for nothing privileged', async () => {
  const { server } = await start({ typedAnswers: true });

  // GUILDS, GUILD_MESSAGES (bit 9) and DIRECT_MESSAGES (bit 12).
  expect(server.gateway.intents).toEqual([1 + 512 + 4096]);
});

test('a wrong token is told in words', async () => {
  const { server } = await start();
  const bot = {
    commands: [],
    prepare: async () => answer(say('x')),
    suggest: async () => [],
    named: (name: string) => ({ name, options: [] }),
    storeDelivery: async () => undefined,
    left: async () => undefined,
    joined: async () => undefined,
    present: async () => undefined,
    gone: async () => {},
  };

  const wrong = startDiscord({
    bot,
    token: 'wrong',
    apiUrl: server.url,
    emit: () => undefined,
    clock: { now: () => new Date() },
  });

  await expect(wrong).rejects.toThrow(UserError);
  await expect(wrong).rejects.toThrow('DISCORD_TOKEN');
});

test('being removed from a server is passed on', async () => {
  const { server, left } = await start();

  server.kick();
  await until(() => left.length > 0);

  expect(left).toEqual([`discord:${server.world.guild.id}`]);
});

test('the servers of the start are passed on, and one that the bot is added to', async () => {
  const { server, joined, present } = await start();
  expect(present).toEqual([[`discord:${server.world.guild.id}`]]);

  const { guild } = server.addGuild('Second');
  await until(() => joined.length > 0);

  expect(joined).toEqual([`discord:${guild.id}`]);
});

test('deleted channels and threads are passed on, also a thread of before this connection', async () => {
  const { server, gone } = await start();
  const { main } = server.world;
  const thread = server.world.addChannel({ name: 'room', type: 12, parent: main.id });

  server.remove(thread.id);
  server.remove(main.id);
  await until(() => gone.length === 2);

  expect(gone).toEqual([thread.id, main.id]);
});

test('stopping waits for the answer that is under way', async () => {
  const slow = later<Reply>();
  const { person, adapter, server } = await start({ prepare: () => answer(slow.promise) });
  slash(person('Ada'), 'question list');
  await until(() => started.requests.length === 1);

  const stopped = adapter.stop();
  slow.settle(say('Last words'));
  await stopped;

  const messages = server.world.messages.get(server.world.main.id) ?? [];
  expect(messages.map((message) => visible(message).text)).toEqual(['Last words']);
});

const hear = (stub: Stub = {}) => start({ typedAnswers: true, ...stub });

test('a reply to the bot is words, and is answered below it', async () => {
  const { server, person, requests } = await hear({ prepare: () => answer(say('Good. And why?')) });
  const { user, channel } = person('Ada');
  const sent = await started.adapter.platform.send({
    kind: 'post',
    channel: channel.id,
    reply: say('Explain GQA'),
    key: 'q',
  });
  if (!sent.ok) throw new Error('not sent');

  const words = server.say(
    user,
    channel,
    'It shares heads',
    server.world.message(channel.id, sent.message),
  );
  await until(() => (server.world.messages.get(channel.id) ?? []).length === 3);

  expect(requests[0]?.said).toMatchObject({ kind: 'words', text: 'It shares heads' });
  expect(server.sent().at(-1)?.body).toMatchObject({ message_reference: { message_id: words.id } });
});

test('words are answered without a link to them where the bot may not read what was said before', async () => {
  const { server, person } = await hear({ prepare: () => answer(say('Good. And why?')) });
  const { user, channel } = person('Ada');
  server.deny(PERMISSION.readHistory);

  server.say(user, channel, `<@${server.world.bot.id}> It shares heads`);
  await until(() => (server.world.messages.get(channel.id) ?? []).length === 2);

  const [, reply] = server.world.messages.get(channel.id) ?? [];
  expect(reply && visible(reply).text).toBe('Good. And why?');
});

test('the bot types while its reply to words takes long', async () => {
  const slow = later<Reply>();
  const { server, person } = await hear({
    prepare: () => ({
      kind: 'run',
      visibility: 'public',
      meanwhile: 'Reading…',
      run: () => slow.promise,
    }),
  });
  const { user, channel } = person('Ada');

  server.say(user, channel, `<@${server.world.bot.id}> It shares heads`);
  await until(() =>
    server.sent().some(({ path }) => path.endsWith(`/channels/${channel.id}/typing`)),
  );
  slow.settle(say('Good.'));

  await until(() => (server.world.messages.get(channel.id) ?? []).length === 2);
});

test('words in a thread without a mention come without text, and those in a channel not at all', async () => {
  const { server, person, requests } = await hear();
  const { user, channel } = person('Ada');
  const room = await started.adapter.platform.send({
    kind: 'room',
    channel: channel.id,
    title: 'Mock interview',
    accounts: [`discord:${user.id}`],
    isPrivate: true,
    key: 'room',
  });
  const thread = server.world.channels.get(room.ok ? room.message : '');
  if (!thread) throw new Error('no thread');

  server.say(user, channel, 'It shares heads');
  server.say(user, thread, 'It shares heads');
  await until(() => requests.length === 1);

  expect(requests[0]).toMatchObject({
    place: { thread: thread.id, kind: 'thread' },
    said: { kind: 'words', text: '' },
  });
  expect(requests[0]?.said).not.toHaveProperty('isForBot');
});

test('a direct message is words of a team of one', async () => {
  const { server, person, requests } = await hear();
  const { user } = person('Ada');

  server.say(user, server.world.directWith(user.id), 'quiz');
  await until(() => requests.length === 1);

  expect(requests[0]).toMatchObject({
    workspace: `discord:@${user.id}`,
    isAdmin: true,
    place: { kind: 'direct' },
  });
});

test('a private reply to words in a channel goes to direct messages', async () => {
  const { server, person } = await hear({ prepare: () => answer(say('Your rubric'), 'private') });
  const { user, channel } = person('Ada');

  server.say(user, channel, `<@${server.world.bot.id}> rubric`);
  const direct = server.world.directWith(user.id).id;
  await until(() => (server.world.messages.get(direct) ?? []).length === 1);

  expect(server.world.messages.get(channel.id)).toHaveLength(1);
});

test('words that need a form get a button that opens it', async () => {
  const { server, person } = await hear({
    prepare: () => ({
      kind: 'form',
      form: { id: '1:kv', title: 'KV cache', submit: 'Send', fields: [] },
    }),
  });
  const { user, channel } = person('Ada');

  server.say(user, channel, `<@${server.world.bot.id}> kv`);
  await until(() => (server.world.messages.get(channel.id) ?? []).length === 2);

  const [, reply] = server.world.messages.get(channel.id) ?? [];
  expect(reply && visible(reply).buttons).toEqual([{ label: 'Open form', id: '1:kv' }]);
});

test('what people say to each other is not heard', async () => {
  const { server, person, requests } = await hear();
  const { user, channel } = person('Ada');

  server.say(user, channel, 'good morning');
  server.say(user, channel, `<@${server.world.bot.id}> hello`);
  await until(() => requests.length === 1);

  expect(requests[0]?.said).toMatchObject({ text: 'hello' });
});
