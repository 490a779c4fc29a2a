import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { payloads } from '../../support/slack/payloads.ts';
import { type Payload, type SlackServer, startSlackServer } from '../../support/slack/server.ts';

/** The loopback Slack must catch what an app does wrong, or its silence proves nothing. */
let server: SlackServer;
let user: string;

beforeEach(async () => {
  server = await startSlackServer({ ackMs: 300 });
  user = server.addUser('Ada').id;
});

afterEach(() => server.close());

async function call(
  method: string,
  args: object,
  token = server.tokens.botToken,
): Promise<Payload> {
  const response = await fetch(`${server.apiUrl}${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify(args),
  });
  return response.status === 200 ? response.json() : { status: response.status };
}

async function say(url: string, message: object) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
  });
  return response.status;
}

const text = { type: 'plain_text', text: 'x' };
const good = { text: 'x', blocks: [{ type: 'header', text }] };
const modal = { type: 'modal', title: text, blocks: [{ type: 'section', text }] };

test.each([
  ['no fallback text', { text: '', blocks: good.blocks }],
  ['raw markup in the fallback text', { text: '<!here>', blocks: good.blocks }],
  ['an unknown property', { ...good, colour: 'red' }],
  ['an unknown block', { text: 'x', blocks: [{ type: 'wizard' }] }],
  ['an unknown property of a block', { text: 'x', blocks: [{ type: 'divider', wide: true }] }],
])('a message with %s is refused', async (_name, message) => {
  const answer = await call('chat.postMessage', { channel: 'C0GENERAL', ...message });

  expect(answer).toMatchObject({ ok: false, error: 'invalid_blocks' });
  expect(server.complaints).not.toEqual([]);
});

test('an update by a person, of a private message or without a message is refused', async () => {
  const ephemeral = await call('chat.postEphemeral', { channel: 'C0GENERAL', user, ...good });

  const byPerson = await call('chat.update', { channel: user, ts: '1.1', ...good });
  const hidden = await call('chat.update', {
    channel: 'C0GENERAL',
    ts: ephemeral.message_ts,
    ...good,
  });
  const nothing = await call('chat.update', { channel: 'C0GENERAL', ts: '1.1', ...good });

  expect([byPerson.error, hidden.error, nothing.error]).toEqual([
    'channel_not_found',
    'message_not_found',
    'message_not_found',
  ]);
  expect(server.complaints).toHaveLength(2);
});

describe('a trigger', () => {
  test('opens one window', async () => {
    const trigger_id = server.newTrigger(user);

    const first = await call('views.open', { trigger_id, view: modal });
    const second = await call('views.open', { trigger_id, view: modal });

    expect([first.ok, second.error]).toEqual([true, 'exchanged_trigger_id']);
    expect(server.complaints).toEqual(['trigger: exchanged_trigger_id']);
  });

  test('lives three seconds', async () => {
    const trigger_id = server.newTrigger(user);
    server.advance(3001);

    const late = await call('views.open', { trigger_id, view: modal });

    expect(late.error).toBe('expired_trigger_id');
  });
});

test.each([
  ['a title of 25 characters', { ...modal, title: { ...text, text: 'x'.repeat(25) } }],
  ['markdown in the title', { ...modal, title: { type: 'mrkdwn', text: 'x' } }],
  ['an unknown property', { ...modal, wide: true }],
  ['too much metadata', { ...modal, private_metadata: 'x'.repeat(3001) }],
])('a window with %s is refused', async (_name, view) => {
  const answer = await call('views.open', { trigger_id: server.newTrigger(user), view });

  expect(answer.error).toBe('invalid_arguments');
  expect(server.complaints).not.toEqual([]);
});

test('a response_url takes five messages', async () => {
  const url = server.responseUrl(server.newResponseUrl({ user, channel: 'C0GENERAL' }));

  const answers: number[] = [];
  for (let use = 0; use < 6; use++) answers.push(await say(url, good));

  expect(answers).toEqual([200, 200, 200, 200, 200, 404]);
});

test('a response_url lives thirty minutes', async () => {
  const url = server.responseUrl(server.newResponseUrl({ user, channel: 'C0GENERAL' }));
  server.advance(30 * 60_000 + 1);

  expect(await say(url, good)).toBe(404);
});

describe('an acknowledgement', () => {
  /** An app that answers envelopes as the test says. */
  async function app(onEnvelope: (socket: WebSocket, id: string) => void) {
    const { url } = await call('apps.connections.open', {}, server.tokens.appToken);
    const socket = new WebSocket(url);
    socket.on('message', (message) => {
      const { envelope_id } = JSON.parse(String(message));
      if (envelope_id) onEnvelope(socket, envelope_id);
    });
    await new Promise((resolve) => socket.once('open', resolve));
  }

  const command = (): Payload => payloads(server).command(user, 'C0GENERAL', '/warmup', 'me');
  const acknowledge = (socket: WebSocket, envelope_id: string, payload: object = {}) =>
    socket.send(JSON.stringify({ envelope_id, payload }));

  test('comes once', async () => {
    await app((socket, id) => {
      acknowledge(socket, id);
      acknowledge(socket, id);
    });

    await server.deliver({ kind: 'slash_commands', payload: command() });

    await expect
      .poll(() => server.complaints)
      .toEqual(['a second acknowledgement of one envelope']);
  });

  test('comes in time', async () => {
    await app(() => {});

    const late = server.deliver({ kind: 'slash_commands', payload: command() });

    await expect(late).rejects.toThrow('no acknowledgement of slash_commands');
  });

  test('belongs to an envelope', async () => {
    await app((socket, id) => {
      acknowledge(socket, 'other');
      acknowledge(socket, id);
    });

    await server.deliver({ kind: 'slash_commands', payload: command() });

    expect(server.complaints).toEqual(['ack of an unknown envelope other']);
  });

  test.each([
    [
      'a message that Slack would refuse to a command',
      () => ({ kind: 'slash_commands' as const, payload: command() }),
      { text: 'x', channel: 'C1' },
    ],
    ['words without response_action', () => submission(), { text: 'x' }],
    ['errors of no field', () => submission(), { response_action: 'errors', errors: { no: 'x' } }],
    ['no errors', () => submission(), { response_action: 'errors', errors: {} }],
    ['a bad window', () => submission(), { response_action: 'update', view: { type: 'modal' } }],
    ['an unknown action', () => submission(), { response_action: 'dance' }],
  ] as const)('with %s is a mistake', async (_name, delivery, payload) => {
    await app((socket, id) => acknowledge(socket, id, payload));

    await server.deliver(delivery());

    expect(server.complaints).not.toEqual([]);
  });

  function submission() {
    const input = {
      type: 'input',
      block_id: 'time',
      label: text,
      element: { type: 'plain_text_input' },
    };
    const view = server.openView(user, { type: 'modal', blocks: [input] });
    return { kind: 'interactive' as const, payload: payloads(server).submission(view, {}) };
  }
});
