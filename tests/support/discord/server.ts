import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLimit } from '../rates.ts';
import { type Answer, refuse } from './answers.ts';
import { createGateway, FUTURE, type GatewayOptions, INTENT } from './gateway.ts';
import type { Open, Outcome } from './interactions.ts';
import { createRest } from './rest.ts';
import type { Json } from './rules.ts';
import {
  attachmentJson,
  type Channel,
  channelJson,
  createWorld,
  guildJson,
  memberJson,
  messageJson,
  type StoredFile,
  type StoredMessage,
  type User,
  userJson,
  type World,
} from './world.ts';

/** How the loopback Discord is started. */
export type ServerOptions = Pick<
  GatewayOptions,
  'heartbeatMs' | 'isGuildDown' | 'shards' | 'maxConcurrency' | 'identifyMs'
> & {
  token?: string;
  /** How long a nonce is remembered; "the past few minutes" in the documentation. */
  nonceWindowMs?: number;
  /** Properties of responses that are let pass although Discord's description does not name them. */
  ignores?: readonly string[];
};

/** Ways in which sends can be made to fail. */
export type Failure = 'refuse' | 'lose' | 'hang' | 'busy' | 'busy everywhere' | 'gone' | 'error';

export type DiscordServer = Awaited<ReturnType<typeof createDiscordServer>>;

/** Errors that no correct bot meets: wrong bodies, wrong order, wrong addresses. */
const COMPLAINTS = new Set([0, 10008, 10015, 10062, 40060, 50006, 50027, 50035]);

/** A Discord on loopback: gateway and REST, as strict as the documentation. */
export async function createDiscordServer(options: ServerOptions = {}) {
  const token = options.token ?? 'a-token-for-tests';
  let ahead = 0;
  const world = createWorld(() => Date.now() + ahead);
  const http = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  const gatewayUrl = `ws://127.0.0.1:${port}/gateway`;
  const filesUrl = `http://127.0.0.1:${port}/files`;
  const gateway = createGateway(http, world, { ...options, token, url: () => gatewayUrl });
  const rest = createRest(world, {
    ...options,
    nonceWindowMs: options.nonceWindowMs ?? 5 * 60_000,
    gatewayUrl,
    filesUrl,
  });
  const sent: { method: string; path: string; body: unknown }[] = [];
  const complaints: string[] = [];
  const failures: { of: RegExp; how: Failure }[] = [];
  const uploads = new Map<string, StoredFile>();
  let rates: ReturnType<typeof createRates> | undefined;
  let limited = 0;

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').replace(/\?.*$/, '');
    const file = /^\/files\/(\d+)\//.exec(path);
    if (file) return serveFile(uploads.get(file[1] ?? ''), response);
    const route = path.replace(/^\/api\/v10/, '');
    const { body, files } = await readBody(request, world);
    for (const name of options.ignores ?? []) delete (body.data as Json | undefined)?.[name];
    const method = request.method ?? '';
    sent.push({ method, path: route, body });
    const failure = nextFailure(`${method} ${route}`);
    if (failure === 'hang') return;
    if (failure && failure !== 'lose') return write(response, FAILURES[failure]);
    const rate = rates?.(method, route);
    if (rate && 'status' in rate) {
      limited += 1;
      return write(response, rate);
    }
    for (const [name, value] of Object.entries(rate?.headers ?? {}))
      response.setHeader(name, value);
    const answer = isAllowed(request, route)
      ? rest.answer({ method, path: route, body, files })
      : refuse('unauthorized');
    complain({ method, route }, answer);
    if (failure === 'lose') return void response.destroy();
    write(response, answer);
  }

  function nextFailure(asked: string): Failure | undefined {
    const at = failures.findIndex(({ of }) => of.test(asked));
    return at < 0 ? undefined : failures.splice(at, 1)[0]?.how;
  }

  function isAllowed(request: IncomingMessage, route: string): boolean {
    // The token in the path of an interaction is its permission.
    if (/^\/(interactions|webhooks)\//.test(route)) return true;
    return request.headers.authorization === `Bot ${token}`;
  }

  function complain(
    { method, route }: { method: string; route: string },
    { status, body }: Answer,
  ) {
    const { code, message, errors } = (body ?? {}) as {
      code?: number;
      message?: string;
      errors?: unknown;
    };
    if (status < 400 || code === undefined || !COMPLAINTS.has(code)) return;
    complaints.push(`${method} ${route}: ${code} ${message} ${JSON.stringify(errors ?? '')}`);
  }

  /** Sends an interaction to the bot; the outcome resolves when it is answered. */
  function interact(asked: Gesture): {
    interaction: Open;
    outcome: Promise<Outcome>;
    deliver(): void;
  } {
    const { type, user, channel, pressed, data } = asked;
    const begun = rest.interactions.begin({
      type,
      user,
      channel: channel.id,
      ...(pressed ? { pressed } : {}),
    });
    const payload = interactionJson({ world, open: begun.interaction, channel, data, filesUrl });
    const deliver = () => gateway.dispatch('INTERACTION_CREATE', payload);
    deliver();
    return { ...begun, deliver };
  }

  return {
    url: `http://127.0.0.1:${port}/api`,
    token,
    filesUrl,
    world,
    gateway,
    interact,
    commands: rest.commands,
    /** Every request that arrived, in order. */
    sent: () => sent,
    complaints: () => complaints,
    /** Lets the next sends fail, or the next requests to other routes. */
    fail(how: Failure, times: number, of = SENDS): void {
      failures.push(...Array.from({ length: times }, () => ({ of, how })));
    },
    /** Keeps to Discord's limits from now on. */
    limitRates(): void {
      rates = createRates();
    },
    /** How many requests were too many. */
    limited: () => limited,
    /** Lets Discord's clock run ahead, for deadlines. */
    advance(ms: number): void {
      ahead += ms;
    },
    /** A file that somebody uploads. */
    upload(file: Omit<StoredFile, 'id'>): Json {
      const stored = { ...file, id: world.newId() };
      uploads.set(stored.id, stored);
      return attachmentJson(stored, filesUrl);
    },
    /** Somebody writes a message; the bot sees its content only where Discord shows it. */
    say(user: User, channel: Channel, content: string, repliesTo?: StoredMessage): StoredMessage {
      const message = world.addMessage({
        channel: channel.id,
        author: user.id,
        content,
        flags: 0,
        components: [],
        attachments: [],
        mentions: mentionsIn(content, repliesTo),
        ...(repliesTo ? { repliesTo: repliesTo.id } : {}),
      });
      dispatchMessage({ world, gateway, filesUrl }, { user, channel, message, repliesTo });
      return message;
    },
    /** An admin takes permissions from the bot in the main channel. */
    deny(bits: bigint): void {
      world.main.denied = bits;
      gateway.dispatch('CHANNEL_UPDATE', channelJson(world, world.main), INTENT.guilds);
    },
    /** Somebody deletes a channel or a thread. */
    remove(id: string): void {
      const channel = world.channels.get(id);
      if (!channel) throw new Error(`there is no channel ${id}`);
      world.channels.delete(id);
      world.messages.delete(id);
      const { parent, type } = channel;
      const thread = { id, guild_id: world.guild.id, parent_id: parent, type };
      if (parent) gateway.dispatch('THREAD_DELETE', thread, INTENT.guilds);
      else gateway.dispatch('CHANNEL_DELETE', channelJson(world, channel), INTENT.guilds);
    },
    /** The bot is added to one more server. */
    addGuild(name: string, id?: string) {
      const added = world.addGuild(name, id);
      gateway.dispatch('GUILD_CREATE', guildJson(world, added.guild), INTENT.guilds);
      return added;
    },
    /** The bot is removed from the server. */
    kick(): void {
      world.removeBot();
      gateway.dispatch('GUILD_DELETE', { id: world.guild.id }, INTENT.guilds);
    },
    async stop(): Promise<void> {
      await gateway.stop();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

/**
 * Five messages, and five edits, in five seconds of a channel, and 50 requests a second; answers to interactions have
 * no part in it.
 *
 * @see https://discord.com/developers/docs/topics/rate-limits
 */
function createRates() {
  const everything = createLimit(50, 1000);
  const channels = createLimit(5, 5000);
  return (
    method: string,
    route: string,
  ): Answer | { headers: Record<string, string> } | undefined => {
    if (/^\/(interactions|webhooks)\//.test(route)) return undefined;
    if (!everything('all').isAllowed) return FAILURES['busy everywhere'];
    const [, channel] = /^\/channels\/(\d+)\/messages/.exec(route) ?? [];
    if (!channel) return undefined;
    const { isAllowed, remaining, resetMs } = channels(`${method} ${channel}`);
    const headers = {
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': String(remaining),
      'x-ratelimit-reset-after': String(resetMs / 1000),
      'x-ratelimit-bucket': `${method} messages`,
    };
    if (isAllowed) return { headers };
    const body = { message: 'You are being rate limited.', retry_after: resetMs / 1000 };
    return {
      status: 429,
      body: { ...body, global: false },
      headers: { ...headers, 'retry-after': String(Math.ceil(resetMs / 1000)) },
    };
  };
}

/** What a person does: the data of the interaction, and where. */
export type Gesture = {
  type: Open['type'];
  user: User;
  channel: Channel;
  pressed?: StoredMessage;
  data: Json;
};

const TYPES = { command: 2, component: 3, autocomplete: 4, modal: 5 } as const;

function interactionJson(parts: {
  world: World;
  open: Open;
  channel: Channel;
  data: Json;
  filesUrl: string;
}): Json {
  const { world, open, channel, data, filesUrl } = parts;
  const isDirect = channel.type === 1;
  const person = isDirect
    ? { user: userJson(open.user) }
    : {
        guild_id: world.guildOf(channel).id,
        guild_locale: 'en-US',
        member: memberJson(world, open.user, world.guildOf(channel)),
      };
  return {
    id: open.id,
    application_id: world.application,
    type: TYPES[open.type],
    token: open.token,
    version: 1,
    data,
    channel: channelJson(world, channel),
    channel_id: channel.id,
    ...person,
    ...(open.pressed ? { message: messageJson(world, open.pressed, { filesUrl }) } : {}),
    app_permissions: '0',
    locale: 'en-US',
    entitlements: [],
    authorizing_integration_owners: { 0: isDirect ? '0' : world.guildOf(channel).id },
    context: isDirect ? 1 : 0,
    attachment_size_limit: 10 * 1024 * 1024,
    ...FUTURE,
  };
}

function mentionsIn(content: string, repliesTo: StoredMessage | undefined): string[] {
  const named = [...content.matchAll(/<@!?(\d+)>/g)].flatMap(([, id]) => (id ? [id] : []));
  return [...new Set([...named, ...(repliesTo ? [repliesTo.author] : [])])];
}

function dispatchMessage(
  {
    world,
    gateway,
    filesUrl,
  }: { world: World; gateway: ReturnType<typeof createGateway>; filesUrl: string },
  said: {
    user: User;
    channel: Channel;
    message: StoredMessage;
    repliesTo: StoredMessage | undefined;
  },
): void {
  const { user, channel, message, repliesTo } = said;
  const isDirect = channel.type === 1;
  const json = messageJson(world, message, { filesUrl });
  // Without the privileged intent, content comes with direct messages and mentions alone.
  if (!isDirect && !message.mentions.includes(world.bot.id)) json.content = '';
  gateway.dispatch(
    'MESSAGE_CREATE',
    {
      ...json,
      channel_type: channel.type,
      ...(isDirect ? {} : { guild_id: world.guildOf(channel).id, member: memberJson(world, user) }),
      ...(repliesTo ? { referenced_message: messageJson(world, repliesTo, { filesUrl }) } : {}),
    },
    isDirect ? INTENT.directMessages : INTENT.guildMessages,
  );
}

/** Requests that send something by themselves, as opposed to answers to interactions. */
const SENDS = /^(POST|PUT|PATCH|DELETE) \/(channels|users)\//;

/** Answers to interactions: the first, and what follows it. */
export const ANSWERS = /^(POST|PATCH|DELETE) \/(interactions|webhooks)\//;

const FAILURES: Record<Exclude<Failure, 'lose' | 'hang'>, Answer> = {
  refuse: refuse('missingPermissions'),
  gone: refuse('unknownChannel'),
  error: { status: 502, body: '<html>bad gateway</html>' },
  'busy everywhere': {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: 3, global: true },
    headers: { 'retry-after': '3', 'x-ratelimit-global': 'true', 'x-ratelimit-scope': 'global' },
  },
  busy: {
    status: 429,
    body: { message: 'You are being rate limited.', retry_after: 0.02, global: false },
    headers: {
      'retry-after': '1',
      'x-ratelimit-limit': '5',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset-after': '0.02',
      'x-ratelimit-bucket': 'messages',
      'x-ratelimit-scope': 'user',
    },
  },
};

function write(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

function serveFile(file: StoredFile | undefined, response: ServerResponse): void {
  response.writeHead(file ? 200 : 404, { 'content-type': file?.mime ?? 'text/plain' });
  response.end(file?.bytes);
}

/** The JSON of a request, and the files of a multipart one with what the JSON says of them. */
async function readBody(
  request: IncomingMessage,
  world: World,
): Promise<{ body: Json; files: StoredFile[] }> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) {
    return { body: raw.length > 0 ? (JSON.parse(raw.toString()) as Json) : {}, files: [] };
  }
  const form = await new Response(raw, { headers: { 'content-type': type } }).formData();
  const files: StoredFile[] = [];
  for (const [, value] of form) {
    if (typeof value === 'string') continue;
    const bytes = new Uint8Array(await value.arrayBuffer());
    files.push({ id: world.newId(), name: value.name, mime: value.type, bytes });
  }
  return { body: JSON.parse(String(form.get('payload_json') ?? '{}')) as Json, files };
}
