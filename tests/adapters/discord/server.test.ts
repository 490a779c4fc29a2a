import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Open } from '../../support/discord/interactions.ts';
import type { Json } from '../../support/discord/rules.ts';
import { createDiscordServer, type DiscordServer } from '../../support/discord/server.ts';
import { PERMISSION } from '../../support/discord/world.ts';

/** The loopback Discord must catch what an app does wrong, or its silence proves nothing. */
let server: DiscordServer;

beforeEach(async () => {
  server = await createDiscordServer({ nonceWindowMs: 60_000 });
});

afterEach(() => server.stop());

const V2 = 1 << 15;
const EPHEMERAL = 64;

async function request(method: string, path: string, body?: unknown) {
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
  return { status: response.status, code: json.code, problems: JSON.stringify(json.errors), json };
}

const post = (body: unknown) => request('POST', `/channels/${server.world.main.id}/messages`, body);
const text = (content: string): Json => ({ type: 10, content });
const button = (custom_id: string): Json => ({ type: 2, style: 2, custom_id, label: 'Press' });
const row = (...components: Json[]): Json => ({ type: 1, components });
const card = (...components: Json[]): Json => ({
  flags: V2,
  components: [{ type: 17, components }],
});

function begin(type: Open['type']): Open {
  const { main: channel } = server.world;
  const user = server.world.addUser('Ada');
  return server.interact({ type, user, channel, data: { custom_id: 'x', name: 'x' } }).interaction;
}

const callback = (open: Open, body: unknown) =>
  request('POST', `/interactions/${open.id}/${open.token}/callback`, body);

test.each<[string, Json, string]>([
  ['an unknown property inside', card({ ...text('a'), size: 2 }), 'unknown property size'],
  ['content beside Components V2', { ...card(text('a')), content: 'b' }, 'IS_COMPONENTS_V2'],
  ['41 components', card(...Array.from({ length: 40 }, () => text('a'))), '41 components'],
  ['4,001 characters of text', card(text('a'.repeat(4000)), text('b')), '4001 characters'],
  ['a blank text', card(text('  ')), 'cannot be blank'],
  ['a custom_id twice', card(row(button('x'), button('x'))), 'custom_id is used twice'],
  ['a custom_id of 101 characters', card(row(button('x'.repeat(101)))), 'at most 100'],
  ['six buttons in a row', card(row(...'abcdef'.split('').map(button))), 'at most 5'],
  ['no upload', card({ type: 13, file: { url: 'attachment://a.txt' } }), 'was not uploaded'],
  ['the flag of a reply', { ...card(text('a')), flags: V2 | EPHEMERAL }, 'may not be set'],
  ['a nonce of 26 characters', { ...card(text('a')), nonce: 'n'.repeat(26) }, 'at most 25'],
])('a message with %s is refused', async (_name, body, why) => {
  const sent = await post(body);

  expect(sent).toMatchObject({ status: 400, code: 50035 });
  expect(sent.problems).toContain(why);
  expect(server.complaints()).toHaveLength(1);
});

const input = { type: 4, custom_id: 'a', style: 1 };
const modal = (label: string, more: Json = {}): Json => ({
  type: 9,
  data: {
    custom_id: 'f',
    title: 'F',
    components: [{ type: 18, label, component: { ...input, ...more } }],
  },
});

test.each<[string, Open['type'], unknown, string]>([
  ['a modal with a blank label', 'command', modal(' '), 'this field is required'],
  [
    'a modal with a long value',
    'command',
    modal('a', { max_length: 2, value: 'abc' }),
    'max_length',
  ],
  ['a modal in answer to a modal', 'modal', modal('a'), 'cannot answer a modal'],
  ['an update for a command', 'command', { type: 7, data: card(text('a')) }, 'for components'],
  ['a deferral with other flags', 'command', { type: 5, data: { flags: V2 } }, 'only the flag'],
])('%s is refused', async (_name, type, body, why) => {
  const sent = await callback(begin(type), body);

  expect(sent).toMatchObject({ status: 400, code: 50035 });
  expect(sent.problems).toContain(why);
});

test('an interaction is acknowledged once, in three seconds, and its token lives for fifteen minutes', async () => {
  const open = begin('command');
  await callback(open, { type: 5 });
  const again = await callback(open, { type: 5 });
  server.advance(15 * 60_000 + 1000);
  const path = `/webhooks/${server.world.application}/${open.token}/messages/@original`;
  const dead = await request('PATCH', path, card(text('a')));
  const late = begin('command');
  server.advance(3100);

  expect(again).toMatchObject({ status: 400, code: 40060 });
  expect(dead).toMatchObject({ status: 401, code: 50027 });
  expect(await callback(late, { type: 5 })).toMatchObject({ status: 404, code: 10062 });
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

test('a channel says what the bot may not do there', async () => {
  server.world.main.denied = PERMISSION.sendMessages;
  expect(await post(card(text('a')))).toMatchObject({ status: 403, code: 50013 });

  server.world.main.denied = PERMISSION.viewChannel;
  expect(await post(card(text('a')))).toMatchObject({ status: 403, code: 50001 });
});

const option = (name: string, more: Json = {}): Json => ({
  type: 3,
  name,
  description: name,
  ...more,
});
const command = (name: string, ...options: Json[]): Json => ({
  type: 1,
  name,
  description: name,
  options,
});

test.each<[string, Json[], string]>([
  [
    'a required option last',
    [command('a', option('b'), option('c', { required: true }))],
    'come before',
  ],
  [
    '26 options',
    [command('a', ...Array.from({ length: 26 }, (_, at) => option(`o${at}`)))],
    'at most 25',
  ],
  ['a name in upper case', [command('Daily')], 'lower case'],
  ['a long description', [{ ...command('a'), description: 'd'.repeat(101) }], 'at most 100'],
  ['101 commands', Array.from({ length: 101 }, (_, at) => command(`c${at}`)), 'at most 100'],
])('commands with %s are refused', async (_name, commands, why) => {
  const sent = await request('PUT', `/applications/${server.world.application}/commands`, commands);

  expect(sent).toMatchObject({ status: 400, code: 50035 });
  expect(sent.problems).toContain(why);
});
