import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { type WebSocket, WebSocketServer } from 'ws';
import { createLimit } from '../rates.ts';
import { SILENCE_MS } from '../waiting.ts';
import { messageBodyProblems } from './blocks.ts';
import { createGrants } from './grants.ts';
import { type Answer, type Arguments, ackProblems, usesUnsupported, webApi } from './web-api.ts';
import { createWorkspace } from './workspace.ts';

export const TOKENS = {
  botToken: 'xoxb-test-bot',
  appToken: 'xapp-test-app',
  signingSecret: 'test-signing-secret',
};

/** The rights that the app was installed with. */
const SCOPES = ['commands', 'chat:write', 'users:read', 'mpim:write'];
const ACK_MS = 3000;
const RESPONSE_URL_MS = 30 * 60_000;
const RESPONSE_URL_USES = 5;

/** Slack adds properties at any time; an app must not mind one that it does not know. */
const FUTURE = { some_future_property: { a: [1] } } as const;

type EnvelopeKind = 'slash_commands' | 'interactive' | 'events_api';
// biome-ignore lint/suspicious/noExplicitAny: payloads have as many shapes as Slack has surfaces.
export type Payload = any;
/** What the app answered, and how long that took. */
export type Ack = { answer: Payload; status: number; ms: number };
export type Delivery = {
  kind: EnvelopeKind;
  payload: Payload;
  /** The same for every attempt at one delivery. */
  envelope?: string;
  retry?: { attempt: number; reason: string };
};
export type Failure = 'refuse' | 'lose' | 'busy' | 'gone';
/** What a method answers instead: words of Slack, a status of something in front of it, or nothing at all. */
export type Rejection = Answer | 503 | 'dropped';
type SentRequest = { method: string; path: string; body: Payload; token?: string | undefined };

export type SlackServer = Awaited<ReturnType<typeof startSlackServer>>;

/**
 * Slack on loopback: the Web API, Socket Mode and signed requests, as the documentation describes
 * them. It refuses what Slack refuses, and complains about everything that the app should not do.
 */
export async function startSlackServer({
  scopes = SCOPES,
  ackMs = ACK_MS,
}: {
  scopes?: string[];
  ackMs?: number;
} = {}) {
  const workspace = createWorkspace();
  const { complain } = workspace;
  const unsupported = new Set<string>();
  const base = () => `http://127.0.0.1:${port()}`;
  const methods = webApi(workspace, unsupported, (id) => `${base()}/upload/v1/${id}`);
  const sent: SentRequest[] = [];
  const grants = createGrants();
  const failures: { how: Failure; times: number }[] = [];
  const rejections = new Map<string, Rejection>();
  const slow = new Map<string, (body: Payload) => number>();
  const sockets = new Set<WebSocket>();
  const tickets = new Set<string>();
  const acks = new Map<string, { resolve(answer: Payload): void; isDone: boolean }>();
  let onSocket: (() => void) | undefined;
  let appUrl = '';
  let responseFaults = 0;
  let limitFor: ((name: string, body: Arguments) => number | undefined) | undefined;
  let limited = 0;

  const server = createServer((request, response) => {
    receive(request, response).catch((error: unknown) => {
      complain(`server: ${String(error)}`);
      response.destroy();
    });
  });

  async function receive(request: IncomingMessage, response: ServerResponse) {
    const path = new URL(request.url ?? '/', 'http://slack').pathname;
    if (path.startsWith('/upload/')) return receiveUpload(path.slice(11), request, response);
    const body = await readBody(request);
    const token = request.headers.authorization?.replace('Bearer ', '');
    sent.push({ method: request.method ?? '', path, body, token });
    if (path.startsWith('/response/')) return receiveResponse(path.slice(10), body, response);
    const name = path.replace(/^\/api\//, '');
    if (name === 'oauth.v2.access') return reply(response, grants.access(body));
    if (name === 'apps.connections.open') return openConnection(token, response);
    const isOurs = token === TOKENS.botToken;
    const owner = isOurs ? undefined : (grants.ownerOf(token ?? '') ?? 'invalid_auth');
    if (typeof owner === 'string') return reply(response, { ok: false, error: owner });
    const slowMs = slow.get(name)?.(body) ?? 0;
    if (slowMs > 0) await wait(slowMs, undefined, { ref: false });
    callMethod(name, body, response);
  }

  async function receiveUpload(id: string, request: IncomingMessage, response: ServerResponse) {
    const upload = workspace.uploads.get(id);
    const text = await readText(request);
    const isWhole = upload && Buffer.byteLength(text) === upload.length;
    if (upload && isWhole) upload.content = text;
    else complain('upload: an unknown file, or not as long as was said');
    response.writeHead(isWhole ? 200 : 400).end(isWhole ? `OK - ${upload.length}` : '');
  }

  function callMethod(name: string, body: Arguments, response: ServerResponse) {
    const method = methods.get(name);
    if (!method) complain(`unknown method ${name}`);
    const rejection = rejections.get(name);
    if (!method || rejection) {
      return rejectWith(rejection ?? { ok: false, error: 'unknown_method' }, response);
    }
    if (method.scope && !scopes.includes(method.scope)) {
      const provided = scopes.join(',');
      return reply(response, { ok: false, error: 'missing_scope', needed: method.scope, provided });
    }
    const waitMs = limitFor?.(name, body);
    if (waitMs !== undefined) {
      limited += 1;
      const seconds = Math.max(1, Math.ceil(waitMs / 1000));
      return response.writeHead(429, { 'retry-after': String(seconds) }).end();
    }
    const how = /^chat\.(postMessage|update)$/.test(name) ? nextFailure() : undefined;
    if (how === 'busy') {
      return response.writeHead(429, { 'retry-after': '1' }).end();
    }
    if (how === 'refuse') return reply(response, { ok: false, error: 'not_in_channel' });
    if (how === 'gone') return reply(response, { ok: false, error: 'channel_not_found' });
    const answer = method.run(body);
    if (how === 'lose') return response.destroy();
    response.setHeader('x-oauth-scopes', scopes.join(','));
    if (method.scope) response.setHeader('x-accepted-oauth-scopes', method.scope);
    reply(response, answer);
  }

  function nextFailure(): Failure | undefined {
    const [first] = failures;
    if (!first) return undefined;
    first.times -= 1;
    if (first.times === 0) failures.shift();
    return first.how;
  }

  function openConnection(token: string | undefined, response: ServerResponse) {
    const rejection = rejections.get('apps.connections.open');
    if (rejection) return rejectWith(rejection, response);
    if (token !== TOKENS.appToken) return reply(response, { ok: false, error: 'invalid_auth' });
    const ticket = workspace.nextId();
    tickets.add(ticket);
    reply(response, { ok: true, url: `ws://127.0.0.1:${port()}/link/?ticket=${ticket}` });
  }

  function receiveResponse(id: string, body: Payload, response: ServerResponse) {
    const url = workspace.responseUrls.get(id);
    const refuse = (error: string) => {
      response.writeHead(404, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ ok: false, error }));
    };
    if (responseFaults > 0) {
      responseFaults -= 1;
      return response.writeHead(503).end('upstream connect error');
    }
    if (!url || workspace.now() - url.at > RESPONSE_URL_MS) return refuse('expired_url');
    if (url.uses >= RESPONSE_URL_USES) return refuse('used_url');
    if (usesUnsupported(body.blocks, unsupported)) return refuse('invalid_blocks');
    const problems = messageBodyProblems(body, 'response');
    for (const problem of problems) complain(`response_url: ${problem}`);
    if (problems.length > 0) return refuse('invalid_blocks');
    url.uses += 1;
    workspace.show(url.user, showResponse(url, body));
    response.writeHead(200).end('ok');
  }

  function showResponse(
    url: { user: string; channel: string; pressed?: Payload },
    body: Payload,
  ): { kind: 'message'; message: Payload; replaced: boolean } {
    if (body.replace_original) {
      if (!url.pressed) complain('response_url: there is no original to replace');
      const message = Object.assign(url.pressed ?? {}, { text: body.text, blocks: body.blocks });
      return { kind: 'message', message, replaced: true };
    }
    const message = workspace.addMessage({
      channel: url.channel,
      user: workspace.bot.user,
      text: body.text,
      blocks: body.blocks ?? [],
      ...(body.thread_ts ? { thread: body.thread_ts } : {}),
      ...(body.response_type === 'in_channel' ? {} : { ephemeralTo: url.user }),
    });
    return { kind: 'message', message, replaced: false };
  }

  /** What the acknowledgement of a command says; a refusal of it is told to nobody. */
  function showAcknowledgement({ response_url }: Payload, body: Payload) {
    const url = workspace.responseUrls.get(String(response_url).split('/').at(-1) ?? '');
    if (!url || body?.text === undefined) return;
    const problems = messageBodyProblems(body, 'response');
    if (usesUnsupported(body.blocks, unsupported)) problems.push('invalid_blocks');
    for (const problem of problems) complain(`ack: ${problem}`);
    if (problems.length === 0) workspace.show(url.user, showResponse(url, body));
  }

  const socketServer = new WebSocketServer({ noServer: true });
  server.on('upgrade', (request, socket, head) => {
    const ticket = new URL(request.url ?? '/', 'http://slack').searchParams.get('ticket') ?? '';
    if (!tickets.delete(ticket)) return socket.destroy();
    socketServer.handleUpgrade(request, socket, head, (client) => {
      sockets.add(client);
      client.on('close', () => sockets.delete(client));
      client.on('message', (message) => receiveAck(JSON.parse(String(message))));
      client.send(
        JSON.stringify({
          type: 'hello',
          num_connections: sockets.size,
          debug_info: { host: 'applink-1', approximate_connection_time: 18_060 },
          connection_info: { app_id: 'A0WARMUP' },
          ...FUTURE,
        }),
      );
      onSocket?.();
    });
  });

  function receiveAck({ envelope_id, payload }: Payload) {
    const waiting = acks.get(envelope_id);
    if (!waiting) return complain(`ack of an unknown envelope ${envelope_id}`);
    if (waiting.isDone) return complain('a second acknowledgement of one envelope');
    waiting.isDone = true;
    waiting.resolve(payload);
  }

  /** The newest open socket; waits for one while the app connects. */
  async function openSocket(): Promise<WebSocket> {
    for (const socket of [...sockets].reverse()) {
      if (socket.readyState === socket.OPEN) return socket;
    }
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('the app opened no socket')), SILENCE_MS);
      onSocket = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    return openSocket();
  }

  async function deliverBySocket({ kind, payload, envelope, retry }: Delivery): Promise<Ack> {
    const id = envelope ?? `e${workspace.nextId()}`;
    const socket = await openSocket();
    const started = performance.now();
    const answer = await new Promise<Payload>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no acknowledgement of ${kind}`)), ackMs);
      const done = (value: Payload) => {
        clearTimeout(timer);
        resolve(value);
      };
      acks.set(id, { resolve: done, isDone: false });
      socket.send(
        JSON.stringify({
          envelope_id: id,
          type: kind,
          payload,
          accepts_response_payload: kind !== 'events_api',
          ...FUTURE,
          ...(retry ? { retry_attempt: retry.attempt, retry_reason: retry.reason } : {}),
        }),
      );
    });
    return { answer, status: 200, ms: performance.now() - started };
  }

  async function deliverByHttp(delivery: Delivery): Promise<Ack> {
    const { body, type } = encode(delivery);
    const started = performance.now();
    const response = await postSigned(body, {
      'content-type': type,
      ...(delivery.retry
        ? {
            'x-slack-retry-num': String(delivery.retry.attempt),
            'x-slack-retry-reason': delivery.retry.reason,
          }
        : {}),
    });
    const text = await response.text();
    const ms = performance.now() - started;
    if (response.status !== 200) complain(`${delivery.kind}: HTTP status ${response.status}`);
    return { answer: text ? readAnswer(text) : undefined, status: response.status, ms };
  }

  /** A request signed as Slack signs it; the headers may spoil that. */
  function postSigned(body: string, headers: Record<string, string> = {}): Promise<Response> {
    const timestamp = headers['x-slack-request-timestamp'] ?? String(Math.floor(Date.now() / 1000));
    return fetch(appUrl, {
      method: 'POST',
      body,
      headers: {
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signature(TOKENS.signingSecret, timestamp, body),
        ...headers,
      },
    });
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = () => (server.address() as AddressInfo).port;

  return {
    ...workspace,
    tokens: TOKENS,
    grants,
    apiUrl: `http://127.0.0.1:${port()}/api/`,
    responseUrl: (id: string) => `http://127.0.0.1:${port()}/response/${id}`,
    unsupported,
    postSigned,
    sockets,
    sent: () => sent,

    /** Sends everything over HTTP to this address instead of over a socket. */
    sendTo(url: string) {
      appUrl = url;
    },

    /** Tells the app that its connection is about to end; Slack closes it a little later. */
    refresh(reason: 'refresh_requested' | 'warning') {
      for (const socket of sockets)
        socket.send(
          JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'applink-1' } }),
        );
    },

    /** Answers a method with this until it is undefined. */
    reject(method: string, answer: Rejection | undefined) {
      if (answer) rejections.set(method, answer);
      else rejections.delete(method);
    },

    /** Lets a method take as many milliseconds as this says of its arguments. */
    slowDown(method: string, ms: (body: Payload) => number) {
      slow.set(method, ms);
    },

    /**
     * Keeps to Slack's limits: a message a second in a channel, and 50 edits a minute.
     *
     * @see https://docs.slack.dev/apis/web-api/rate-limits
     */
    limitRates() {
      const posts = createLimit(1, 1000);
      const edits = createLimit(50, 60_000);
      limitFor = (name, body) => {
        if (!/^chat\.(postMessage|update)$/.test(name)) return undefined;
        const found = name === 'chat.update' ? edits('all') : posts(String(body['channel']));
        return found.isAllowed ? undefined : found.resetMs;
      };
    },
    /** How many calls were too many. */
    limited: () => limited,

    /** Lets the next uses of a response_url end in a fault. */
    failResponses(times: number) {
      responseFaults = times;
    },

    fail(how: Failure, times: number) {
      if (times > 0) failures.push({ how, times });
    },

    async deliver(delivery: Delivery): Promise<Ack> {
      const ack = await (appUrl ? deliverByHttp(delivery) : deliverBySocket(delivery));
      const problems = ackProblems(delivery.kind, delivery.payload, ack.answer);
      for (const problem of problems) complain(problem);
      if (delivery.kind === 'slash_commands') showAcknowledgement(delivery.payload, ack.answer);
      if (ack.ms > ACK_MS)
        complain(`${delivery.kind}: acknowledged after ${Math.round(ack.ms)} ms`);
      return ack;
    },

    async close() {
      for (const socket of sockets) socket.terminate();
      socketServer.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function rejectWith(rejection: Rejection, response: ServerResponse) {
  if (rejection === 'dropped') return response.destroy();
  if (rejection === 503) return response.writeHead(503).end('upstream connect error');
  reply(response, rejection);
}

function reply(response: ServerResponse, answer: Answer) {
  // Slack says so in the status and the header as well.
  if (answer.error === 'ratelimited') response.writeHead(429, { 'retry-after': '1' });
  else response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(answer));
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

async function readBody(request: IncomingMessage): Promise<Payload> {
  const text = await readText(request);
  if (request.headers['content-type']?.startsWith('application/json')) return JSON.parse(text);
  const fields = Object.fromEntries(new URLSearchParams(text));
  for (const key of ['blocks', 'view', 'attachments', 'files']) {
    if (fields[key] !== undefined) fields[key] = JSON.parse(fields[key]);
  }
  for (const key of ['unfurl_links', 'unfurl_media', 'include_locale', 'mrkdwn']) {
    if (fields[key] !== undefined) Object.assign(fields, { [key]: fields[key] === 'true' });
  }
  return fields;
}

/** Slash commands are form fields, interactions a `payload` field, events plain JSON. */
function encode({ kind, payload }: Delivery): { body: string; type: string } {
  const form = 'application/x-www-form-urlencoded';
  if (kind === 'events_api') return { body: JSON.stringify(payload), type: 'application/json' };
  if (kind === 'slash_commands') return { body: String(new URLSearchParams(payload)), type: form };
  return { body: String(new URLSearchParams({ payload: JSON.stringify(payload) })), type: form };
}

function readAnswer(text: string): Payload {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @see https://docs.slack.dev/authentication/verifying-requests-from-slack */
export function signature(secret: string, timestamp: string, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}
