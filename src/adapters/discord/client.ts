import { setTimeout as wait } from 'node:timers/promises';
import {
  Client,
  DefaultRestOptions,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  Options,
  Partials,
  REST,
  type RESTOptions,
  type ResponseLike,
} from 'discord.js';
import { UserError } from '../../spine/errors.ts';
import type { Emit } from '../../spine/event.ts';
import { plain } from '../../spine/reply.ts';
import type { DiscordOptions } from './options.ts';
import { toRefusal } from './problems.ts';

/** After so long without another server the rest is not waited for: nothing is answered before. */
const GUILDS_MS = 2000;

/** Keeps what permissions and places need; nobody's messages, and no members but the bot. */
export function createClient({
  apiUrl,
  typedAnswers,
  shards,
  emit,
}: Pick<DiscordOptions, 'apiUrl' | 'typedAnswers' | 'shards' | 'emit'>): Client {
  const typed = [GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];
  const isMe = ({ id, client }: { id: string; client: Client }) => id === client.user?.id;
  return new Client({
    intents: [GatewayIntentBits.Guilds, ...(typedAnswers ? typed : [])],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    enforceNonce: true,
    waitGuildTimeout: GUILDS_MS,
    makeCache: Options.cacheWithLimits({
      MessageManager: 0,
      DMMessageManager: 0,
      UserManager: { maxSize: 0, keepOverLimit: isMe },
      GuildMemberManager: { maxSize: 0, keepOverLimit: isMe },
      ThreadMemberManager: 0,
      PresenceManager: 0,
      ReactionManager: 0,
      GuildEmojiManager: 0,
      GuildStickerManager: 0,
      VoiceStateManager: 0,
      GuildScheduledEventManager: 0,
      StageInstanceManager: 0,
    }),
    rest: { timeout: 10_000, makeRequest: tellingLimits(emit), ...api(apiUrl) },
    ...(shards ? { shards: shards.ids, shardCount: shards.count } : {}),
  });
}

/** Discord allows 50 a second for everything together; ten are left to replies. */
const SENDS_PER_SECOND = 40;

/**
 * The sends of one of several processes, by its part of the shards: together they stay below the limit. Whatever
 * DISCORD_API_URL names counts for all of them.
 */
function sendsPerSecond({ apiUrl, shards }: Omit<RestOptions, 'token' | 'emit'>): number {
  if (!shards || apiUrl) return SENDS_PER_SECOND;
  return Math.max(1, Math.floor((SENDS_PER_SECOND * shards.ids.length) / shards.count));
}

/** Our own spacing within a second is waited for; every longer limit is for the outbox to wait for. */
const SPACING_MS = 1100;

/**
 * Its own lane for what goes out by itself: a queue of posts must not hold up replies, and what a
 * rate limit or a lost answer means is for the outbox to decide.
 */
export function createSendRest({ token, emit, ...options }: RestOptions): REST {
  const perSecond = sendsPerSecond(options);
  return new REST({
    ...NO_RETRY,
    makeRequest: spaced(tellingLimits(emit), perSecond),
    globalRequestsPerSecond: perSecond,
    rejectOnRateLimit: ({ global, timeToReset }) => !global || timeToReset > SPACING_MS,
    ...api(options.apiUrl),
  }).setToken(token);
}

/**
 * The lane of replies. An interaction that is answered twice is an error, and a follow-up sent again
 * would be a second message, so nothing is retried.
 */
export function createReplyRest({ apiUrl, token, emit }: RestOptions): REST {
  const makeRequest = tellingLimits(emit);
  return new REST({ ...NO_RETRY, makeRequest, ...api(apiUrl) }).setToken(token);
}

/**
 * Forgets every limit. discord.js ends a wait at an instant of the clock: one that is set back an hour
 * would make the next requests over a second's allowance wait for that hour.
 */
export function forgetLimits(rest: REST): void {
  rest.globalReset = -1;
  rest.handlers.clear();
}

/**
 * Requests go out as bytes. An upload is a FormData, which the client of one undici gives to the
 * dispatcher that the whole process shares: where Slack's or Node's own undici of another version came
 * first, that dispatcher does not know it, and the upload fails.
 */
async function makeRequest(url: string, init: RequestInit): Promise<ResponseLike> {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const form = new Response(init.body);
  const headers = { ...init.headers, 'content-type': form.headers.get('content-type') ?? '' };
  const body = new Uint8Array(await form.arrayBuffer());
  return DefaultRestOptions.makeRequest(url, { ...init, headers, body });
}

/** Requests at even distances: the client counts in whole seconds, and two of them can meet in one of Discord's. */
function spaced(request: MakeRequest, perSecond: number): MakeRequest {
  let free = 0;
  return async (url, init) => {
    const now = performance.now();
    const at = Math.max(now, free);
    free = at + 1000 / perSecond;
    if (at > now) await wait(at - now);
    return request(url, init);
  };
}

/** Requests, of which those that Discord refuses for being too many are told. */
const tellingLimits =
  (emit: Emit): MakeRequest =>
  async (url, init) => {
    const response = await makeRequest(url, init);
    if (response.status === 429) emit({ kind: 'limited', platform: 'discord' });
    return response;
  };

type RestOptions = Pick<DiscordOptions, 'apiUrl' | 'token' | 'shards' | 'emit'>;
type MakeRequest = RESTOptions['makeRequest'];
type RequestInit = Parameters<MakeRequest>[1];

/** A deferred reply makes a queue of its own for its token, so queues are swept every ten minutes. */
const NO_RETRY = { retries: 0, timeout: 10_000, handlerSweepInterval: 600_000 };

function api(apiUrl: string | undefined): { api?: string } {
  return apiUrl ? { api: apiUrl } : {};
}

/**
 * Logs in and waits until the servers are known.
 *
 * @throws UserError when Discord does not accept the token or cannot be reached.
 */
export async function connect(client: Client, token: string): Promise<void> {
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  const closed = new Promise<never>((_, reject) =>
    client.once(Events.ShardDisconnect, ({ code }) => reject(closedForGood(code))),
  );
  closed.catch(() => undefined);
  try {
    await Promise.race([client.login(token).then(() => ready), closed]);
  } catch (error) {
    await client.destroy();
    throw error instanceof UserError
      ? error
      : new UserError(formatConnectError(error), { cause: error });
  }
}

const WRONG_TOKEN =
  'Discord rejected DISCORD_TOKEN. Reset the token in Developer Portal > Bot, update .env, and restart.';

function formatConnectError(error: unknown): string {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid)
    return WRONG_TOKEN;
  const { outcome, problem } = toRefusal(error);
  if (outcome !== 'unknown') return `I can't start on Discord. ${plain(problem.words)}`;
  const words = error instanceof Error ? error.message : String(error);
  return `I can't start on Discord: ${words}. If it keeps happening, check https://discordstatus.com.`;
}

/** Settings of the application that Discord closes the connection for. */
const SETTINGS = new Map([
  [4004, WRONG_TOKEN],
  [4010, 'Discord has no such shard. Correct SHARDS and SHARD_COUNT.'],
  [4011, 'Discord needs this bot in several shards. Set SHARD_COUNT to a higher number.'],
  [
    4014,
    'Discord rejected an intent that I need. Turn on the intents in Developer Portal > Bot, or set TYPED_ANSWERS to off.',
  ],
]);

/** @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
export function closedForGood(code: number): UserError {
  return new UserError(
    SETTINGS.get(code) ?? `Discord closed the connection and won't reopen it (code ${code}).`,
  );
}
