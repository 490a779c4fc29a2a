import { afterEach, beforeEach, expect, test } from 'vitest';
import { commandBodies } from '../../../src/adapters/discord/register.ts';
import type { Open } from '../../support/discord/interactions.ts';
import type { Json } from '../../support/discord/rules.ts';
import { createDiscordServer, type DiscordServer } from '../../support/discord/server.ts';
import { PERMISSION, type StoredMessage, type User } from '../../support/discord/world.ts';

const V2 = 1 << 15;
const EPHEMERAL = 64;

let server: DiscordServer;
let user: User;

beforeEach(async () => {
  server = await createDiscordServer({ nonceWindowMs: 60_000 });
  user = server.world.addUser('Ada');
});

afterEach(() => server.stop());

type Refused = { status: number; code: number | undefined; problems: string };

async function request(
  method: string,
  path: string,
  body?: unknown,
): Promise<Refused & { json: Json }> {
  const response = await fetch(`${server.url}/v10${path}`, {
    method,
    headers: { authorization: `Bot ${server.token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const words = await response.text();
  const json = (words === '' ? {} : JSON.parse(words)) as Json & {
    code?: number;
    errors?: unknown;
  };
  return {
    status: response.status,
    code: json.code,
    problems: JSON.stringify(json.errors ?? ''),
    json,
  };
}

const post = (body: unknown) => request('POST', `/channels/${server.world.main.id}/messages`, body);

const text = (content: string): Json => ({ type: 10, content });
const button = (custom_id: string): Json => ({ type: 2, style: 2, custom_id, label: 'Press' });
const row = (...components: Json[]): Json => ({ type: 1, components });
const card = (...components: Json[]): Json => ({
  flags: V2,
  components: [{ type: 17, components }],
});
const menu = (count: number): Json => ({
  type: 3,
  custom_id: 'menu',
  options: Array.from({ length: count }, (_, at) => ({ label: `${at}`, value: `${at}` })),
});

test('a right message is taken', async () => {
  const sent = await post(card(text('Hello'), row(button('1:answer'))));

  expect(sent.status).toBe(200);
  expect(server.complaints()).toEqual([]);
});

test.each<[string, Json, string]>([
  ['an unknown property', { ...card(text('a')), colour: 1 }, 'unknown property colour'],
  ['an unknown property inside', card({ ...text('a'), size: 2 }), 'unknown property size'],
  ['content beside Components V2', { ...card(text('a')), content: 'b' }, 'IS_COMPONENTS_V2'],
  [
    'embeds beside Components V2',
    { ...card(text('a')), embeds: [{ title: 'b' }] },
    'IS_COMPONENTS_V2',
  ],
  [
    'Components V2 without the flag',
    { components: [{ type: 17, components: [text('a')] }] },
    'needs the flag',
  ],
  ['41 components', card(...Array.from({ length: 40 }, () => text('a'))), '41 components'],
  ['4,001 characters of text', card(text('a'.repeat(4000)), text('b')), '4001 characters'],
  ['a blank text', card(text('  ')), 'cannot be blank'],
  ['a card with nothing in it', card(), 'at least 1'],
  ['no component at all', { flags: V2, components: [] }, 'cannot be empty'],
  ['a custom_id twice', card(row(button('x'), button('x'))), 'custom_id is used twice'],
  ['a custom_id of 101 characters', card(row(button('x'.repeat(101)))), 'at most 100'],
  ['six buttons in a row', card(row(...'abcdef'.split('').map(button))), 'at most 5'],
  ['a menu beside a button', card(row(menu(2), button('x'))), 'one menu'],
  ['26 choices in a menu', card(row(menu(26))), 'at most 25'],
  ['a button without a label', card(row({ type: 2, style: 2, custom_id: 'x' })), 'needs a label'],
  ['a button without an id', card(row({ type: 2, style: 2, label: 'x' })), 'needs a custom_id'],
  [
    'a choice value twice',
    card(
      row({
        ...menu(1),
        options: [
          { label: 'a', value: '1' },
          { label: 'b', value: '1' },
        ],
      }),
    ),
    'used twice',
  ],
  ['more values than choices', card(row({ ...menu(2), max_values: 3 })), 'number of options'],
  [
    'a file that was not uploaded',
    card({ type: 13, file: { url: 'attachment://a.txt' } }),
    'was not uploaded',
  ],
  [
    'a picture that was not uploaded',
    card({ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }),
    'was not uploaded',
  ],
  [
    'an ephemeral message in a channel',
    { ...card(text('a')), flags: V2 | EPHEMERAL },
    'may not be set',
  ],
  ['an empty old message', { content: ' ' }, 'cannot be empty'],
  [
    '6,001 characters of embeds',
    { embeds: ['a', 'b', 'c'].map((title) => ({ title, description: title.repeat(2000) })) },
    '6000',
  ],
  [
    'a blank field of an embed',
    { embeds: [{ fields: [{ name: ' ', value: 'a' }] }] },
    'this field is required',
  ],
  [
    'six rows',
    { content: 'a', components: 'abcdef'.split('').map((id) => row(button(id))) },
    'at most 5 rows',
  ],
  ['a nonce of 26 characters', { ...card(text('a')), nonce: 'n'.repeat(26) }, 'at most 25'],
])('a message with %s is refused', async (_name, body, why) => {
  const sent = await post(body);

  expect(sent).toMatchObject({ status: 400, code: 50035 });
  expect(sent.problems).toContain(why);
  expect(server.complaints()).toHaveLength(1);
});

const field = (label: string, id: string): Json => ({
  type: 18,
  label,
  component: { type: 4, custom_id: id, style: 1 },
});
const modal = (...components: Json[]): Json => ({ custom_id: 'form', title: 'Form', components });

function begin(type: Open['type'], pressed?: StoredMessage): Open {
  const data = { custom_id: 'x', name: 'x' };
  const channel = server.world.main;
  return server.interact({ type, user, channel, data, ...(pressed ? { pressed } : {}) })
    .interaction;
}

const callback = (open: Open, body: unknown) =>
  request('POST', `/interactions/${open.id}/${open.token}/callback`, body);
const followUp = (open: Open, body: unknown) =>
  request('POST', `/webhooks/${server.world.application}/${open.token}`, body);
const editReply = (open: Open, body: unknown) =>
  request('PATCH', `/webhooks/${server.world.application}/${open.token}/messages/@original`, body);

test.each<[string, Json, string]>([
  ['six parts', modal(...'abcdef'.split('').map((id) => field(id, id))), 'at most 5'],
  ['a blank label', modal(field(' ', 'a')), 'this field is required'],
  ['a label of 46 characters', modal(field('a'.repeat(46), 'a')), 'at most 45'],
  ['a title of 46 characters', { ...modal(field('a', 'a')), title: 't'.repeat(46) }, 'at most 45'],
  ['an id twice', modal(field('a', 'a'), field('b', 'a')), 'custom_id is used twice'],
  [
    'a value over its own limit',
    modal({
      type: 18,
      label: 'a',
      component: { type: 4, custom_id: 'a', style: 1, max_length: 2, value: 'abc' },
    }),
    'max_length',
  ],
])('a modal with %s is refused', async (_name, data, why) => {
  const sent = await callback(begin('command'), { type: 9, data });

  expect(sent).toMatchObject({ status: 400, code: 50035 });
  expect(sent.problems).toContain(why);
});

test.each<[string, Open['type'], unknown, string]>([
  [
    'a modal in answer to a modal',
    'modal',
    { type: 9, data: modal(field('a', 'a')) },
    'cannot answer a modal',
  ],
  ['an update for a command', 'command', { type: 7, data: card(text('a')) }, 'for components'],
  ['a deferred update for a command', 'command', { type: 6 }, 'for components'],
  [
    'a message for autocomplete',
    'autocomplete',
    { type: 4, data: card(text('a')) },
    'autocomplete',
  ],
  ['suggestions for a command', 'command', { type: 8, data: { choices: [] } }, 'autocomplete'],
  [
    'a deferral with other flags',
    'command',
    { type: 5, data: { flags: V2 } },
    'only the flag EPHEMERAL',
  ],
  [
    'a deferral with content',
    'command',
    { type: 5, data: { content: 'a' } },
    'only the flag EPHEMERAL',
  ],
  [
    '26 suggestions',
    'autocomplete',
    { type: 8, data: { choices: Array.from({ length: 26 }, () => ({ name: 'a', value: 'a' })) } },
    'at most 25',
  ],
  ['an unknown type', 'command', { type: 99 }, 'unknown type'],
])('%s is refused', async (_name, type, body, why) => {
  const sent = await callback(begin(type), body);

  expect(sent).toMatchObject({ status: 400, code: 50035 });
  expect(sent.problems).toContain(why);
});

test('a second acknowledgement is refused', async () => {
  const open = begin('command');

  await callback(open, { type: 4, data: card(text('a')) });

  expect(await callback(open, { type: 5 })).toMatchObject({ status: 400, code: 40060 });
});

test('an acknowledgement after three seconds is refused', async () => {
  const open = begin('command');

  server.advance(3100);

  expect(await callback(open, { type: 5 })).toMatchObject({ status: 404, code: 10062 });
});

test('a follow-up before the acknowledgement is refused', async () => {
  expect(await followUp(begin('command'), card(text('a')))).toMatchObject({
    status: 404,
    code: 10015,
  });
});

test('a token is dead after fifteen minutes', async () => {
  const open = begin('command');
  await callback(open, { type: 5 });

  server.advance(15 * 60_000 + 1000);

  expect(await editReply(open, card(text('a')))).toMatchObject({ status: 401, code: 50027 });
});

test('a follow-up right after a deferral fills the promised message and cannot change who sees it', async () => {
  const open = begin('command');
  await callback(open, { type: 5 });

  await followUp(open, { ...card(text('secret')), flags: V2 | EPHEMERAL });

  const shown = server.world.messages.get(server.world.main.id) ?? [];
  expect(shown).toHaveLength(1);
  expect(shown[0]?.only).toBeUndefined();
});

test('Components V2 cannot be taken off a message', async () => {
  const { json } = await post(card(text('a')));

  const path = `/channels/${server.world.main.id}/messages/${json.id}`;
  const edit = await request('PATCH', path, { content: 'plain again', flags: 0 });

  expect(edit).toMatchObject({ status: 400, code: 50035 });
});

test('an ephemeral message cannot be edited as a message of the channel', async () => {
  const open = begin('command');
  await callback(open, { type: 4, data: { ...card(text('a')), flags: V2 | EPHEMERAL } });
  const [ephemeral] = server.world.messages.get(server.world.main.id) ?? [];

  const path = `/channels/${server.world.main.id}/messages/${ephemeral?.id}`;

  expect(await request('PATCH', path, card(text('b')))).toMatchObject({ status: 404, code: 10008 });
});

test('one nonce gives one message while Discord remembers it, and a second afterwards', async () => {
  const body = { ...card(text('a')), nonce: 'slot-1', enforce_nonce: true };

  const first = await post(body);
  const again = await post(body);
  server.advance(61_000);
  const later = await post(body);

  expect(again.json.id).toBe(first.json.id);
  expect(later.json.id).not.toBe(first.json.id);
});

test('a nonce that is not enforced does not hold back a second message', async () => {
  const body = { ...card(text('a')), nonce: 'slot-1' };

  const first = await post(body);

  expect((await post(body)).json.id).not.toBe(first.json.id);
});

test('a thread made without a type is private', async () => {
  const made = await request('POST', `/channels/${server.world.main.id}/threads`, { name: 'Room' });

  expect(made.json.type).toBe(12);
});

test('a message has one thread', async () => {
  const { json } = await post(card(text('a')));
  const path = `/channels/${server.world.main.id}/messages/${json.id}/threads`;

  await request('POST', path, { name: 'Discussion' });

  expect(await request('POST', path, { name: 'Discussion' })).toMatchObject({ code: 160004 });
});

test('a locked thread takes no message, and an archived one opens again', async () => {
  const thread = server.world.addChannel({
    name: 't',
    type: 11,
    parent: server.world.main.id,
    archived: true,
  });
  const path = `/channels/${thread.id}/messages`;

  expect(await request('POST', path, card(text('a')))).toMatchObject({ status: 200 });
  expect(thread.archived).toBe(false);

  thread.locked = true;
  expect(await request('POST', path, card(text('a')))).toMatchObject({ status: 403, code: 160005 });
});

test('an archived thread takes no edit and no member', async () => {
  const thread = server.world.addChannel({ name: 't', type: 11, parent: server.world.main.id });
  const { json } = await request('POST', `/channels/${thread.id}/messages`, card(text('a')));
  thread.archived = true;

  const edit = await request(
    'PATCH',
    `/channels/${thread.id}/messages/${json.id}`,
    card(text('b')),
  );

  expect(edit).toMatchObject({ code: 50083 });
  expect(await request('PUT', `/channels/${thread.id}/thread-members/${user.id}`)).toMatchObject({
    code: 50083,
  });
});

test.each<[string, bigint, number]>([
  ['cannot be seen', PERMISSION.viewChannel, 50001],
  ['takes no messages from the bot', PERMISSION.sendMessages, 50013],
])('a channel that %s says so', async (_name, denied, code) => {
  server.world.main.denied = denied;

  expect(await post(card(text('a')))).toMatchObject({ status: 403, code });
});

test('a channel that is gone is unknown', async () => {
  expect(
    await request('POST', '/channels/100000000000000001/messages', card(text('a'))),
  ).toMatchObject({
    status: 404,
    code: 10003,
  });
});

test('somebody who takes no direct messages gets none', async () => {
  user.takesMessages = false;
  const { json } = await request('POST', '/users/@me/channels', { recipient_id: user.id });

  expect(await request('POST', `/channels/${json.id}/messages`, card(text('a')))).toMatchObject({
    code: 50007,
  });
});

test('a wrong token is refused', async () => {
  const response = await fetch(`${server.url}/v10/gateway/bot`, {
    headers: { authorization: 'Bot wrong' },
  });

  expect(response.status).toBe(401);
});

test('an address that Discord does not have is not found', async () => {
  expect(await request('GET', '/nothing')).toMatchObject({ status: 404 });
});

const option = (name: string, required = false): Json => ({
  type: 3,
  name,
  description: name,
  required,
});
const command = (name: string, ...options: Json[]): Json => ({
  type: 1,
  name,
  description: name,
  options,
});

test.each<[string, Json[], string]>([
  [
    'required options after optional ones',
    [command('a', option('b'), option('c', true))],
    'come before',
  ],
  [
    '26 options',
    [command('a', ...Array.from({ length: 26 }, (_, at) => option(`o${at}`)))],
    'at most 25',
  ],
  [
    '26 choices',
    [
      command('a', {
        ...option('b'),
        choices: Array.from({ length: 26 }, (_, at) => ({ name: `${at}`, value: `${at}` })),
      }),
    ],
    'at most 25',
  ],
  [
    'choices beside autocomplete',
    [command('a', { ...option('b'), autocomplete: true, choices: [{ name: 'a', value: 'a' }] })],
    'exclude each other',
  ],
  ['a name in upper case', [command('Daily')], 'lower case'],
  ['a name twice', [command('a'), command('a')], 'used twice'],
  [
    'a description of 101 characters',
    [{ ...command('a'), description: 'd'.repeat(101) }],
    'at most 100',
  ],
  ['no description', [{ ...command('a'), description: '' }], 'this field is required'],
  [
    'options beside subcommands',
    [command('a', option('b'), { type: 1, name: 'c', description: 'c' })],
    'side by side',
  ],
  ['101 slash commands', Array.from({ length: 101 }, (_, at) => command(`c${at}`)), 'at most 100'],
  [
    '16 message commands',
    Array.from({ length: 16 }, (_, at) => ({ type: 3, name: `Action ${at}` })),
    'at most 15',
  ],
  [
    'a description on a message command',
    [{ type: 3, name: 'Act', description: 'no' }],
    'no description',
  ],
  [
    'permissions as a number',
    [{ ...command('a'), default_member_permissions: 32 }],
    'must be string',
  ],
  [
    'over 8,000 characters',
    [
      command(
        'a',
        ...Array.from({ length: 25 }, (_, at) => ({
          ...option(`o${at}`),
          choices: Array.from({ length: 4 }, (_, n) => ({
            name: `${n}`,
            value: `${n}`.repeat(90),
          })),
        })),
      ),
    ],
    '8000',
  ],
])('commands with %s are refused', async (_name, commands, why) => {
  const sent = await request('PUT', `/applications/${server.world.application}/commands`, commands);

  expect(sent).toMatchObject({ status: 400, code: 50035 });
  expect(sent.problems).toContain(why);
});

test('the commands of the declarations are taken', async () => {
  const path = `/applications/${server.world.application}/commands`;

  expect(await request('PUT', path, commandBodies([]))).toMatchObject({ status: 200 });
});

test('a rate limit says how long to wait', async () => {
  server.fail('busy', 1);

  const response = await fetch(`${server.url}/v10/channels/${server.world.main.id}/messages`, {
    method: 'POST',
  });

  expect(response.status).toBe(429);
  expect(response.headers.get('retry-after')).toBe('1');
  expect(response.headers.get('x-ratelimit-scope')).toBe('user');
});

test('a lost answer leaves the message sent', async () => {
  server.fail('lose', 1);

  await expect(post(card(text('a')))).rejects.toThrow();

  expect(server.world.messages.get(server.world.main.id)).toHaveLength(1);
});
