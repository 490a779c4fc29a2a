import {
  Client,
  DiscordjsError,
  DiscordjsErrorCodes,
  Events,
  GatewayIntentBits,
  Options,
  Partials,
  REST,
} from 'discord.js';
import { UserError } from '../../bot/errors.ts';
import type { DiscordOptions } from './index.ts';

/** Keeps what permissions and places need; nobody's messages, and no members but the bot. */
export function createClient({
  apiUrl,
  typedAnswers,
}: Pick<DiscordOptions, 'apiUrl' | 'typedAnswers'>): Client {
  const typed = [GatewayIntentBits.GuildMessages, GatewayIntentBits.DirectMessages];
  const isMe = ({ id, client }: { id: string; client: Client }) => id === client.user?.id;
  return new Client({
    intents: [GatewayIntentBits.Guilds, ...(typedAnswers ? typed : [])],
    partials: [Partials.Channel],
    allowedMentions: { parse: [] },
    enforceNonce: true,
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
    rest: { timeout: 10_000, ...api(apiUrl) },
  });
}

/** Discord allows 50 a second for everything together; ten are left to replies. */
const SENDS_PER_SECOND = 40;

/** Our own spacing within a second is waited for; every longer limit is for the outbox to wait for. */
const SPACING_MS = 1100;

/**
 * Its own lane for what goes out by itself: a queue of posts must not hold up replies, and what a
 * rate limit or a lost answer means is for the outbox to decide.
 */
export function createSendRest({ apiUrl, token }: Pick<DiscordOptions, 'apiUrl' | 'token'>): REST {
  return new REST({
    ...NO_RETRY,
    globalRequestsPerSecond: SENDS_PER_SECOND,
    rejectOnRateLimit: ({ global, timeToReset }) => !global || timeToReset > SPACING_MS,
    ...api(apiUrl),
  }).setToken(token);
}

/**
 * The lane of replies. An interaction that is answered twice is an error, and a follow-up sent again
 * would be a second message, so nothing is retried.
 */
export function createReplyRest({ apiUrl, token }: Pick<DiscordOptions, 'apiUrl' | 'token'>): REST {
  return new REST({ ...NO_RETRY, ...api(apiUrl) }).setToken(token);
}

/** A deferred reply makes a queue of its own for its token, so queues are swept every ten minutes. */
const NO_RETRY = { retries: 0, timeout: 10_000, handlerSweepInterval: 600_000 };

function api(apiUrl: string | undefined): { api?: string } {
  return apiUrl ? { api: apiUrl } : {};
}

/**
 * Logs in and waits until the servers are known.
 *
 * @throws UserError when Discord does not accept the token.
 */
export async function connect(client: Client, token: string): Promise<void> {
  const ready = new Promise<void>((resolve) => client.once(Events.ClientReady, () => resolve()));
  try {
    await client.login(token);
  } catch (error) {
    await client.destroy();
    if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) {
      throw new UserError(
        'Discord does not accept DISCORD_TOKEN. Copy it again from the Bot page of your application in the Developer Portal.',
      );
    }
    throw error;
  }
  await ready;
}
