import { DiscordAPIError, HTTPError, PermissionFlagsBits, RateLimitError } from 'discord.js';
import type { Problem, Sent } from '../../spine/platform.ts';

/** A permission that the bot needs in a channel, as Discord's menus name it. */
export type Permission = { bit: bigint; label: string; purpose: string };

/** What the daily question and interviews need in their channel. */
export const PERMISSIONS: readonly Permission[] = [
  { bit: PermissionFlagsBits.ViewChannel, label: 'View Channel', purpose: 'see the channel' },
  { bit: PermissionFlagsBits.SendMessages, label: 'Send Messages', purpose: 'post the question' },
  { bit: PermissionFlagsBits.EmbedLinks, label: 'Embed Links', purpose: 'show cards with links' },
  {
    bit: PermissionFlagsBits.AttachFiles,
    label: 'Attach Files',
    purpose: 'add pictures and files',
  },
  {
    bit: PermissionFlagsBits.CreatePublicThreads,
    label: 'Create Public Threads',
    purpose: 'open the discussion under the question',
  },
  {
    bit: PermissionFlagsBits.SendMessagesInThreads,
    label: 'Send Messages in Threads',
    purpose: 'write in that discussion',
  },
  {
    bit: PermissionFlagsBits.CreatePrivateThreads,
    label: 'Create Private Threads',
    purpose: 'open a room for an interview',
  },
];

/** Says which permission is missing, what for, and where to turn it on. */
export function missing({ label, purpose }: Permission, channelName: string): Problem {
  return {
    code: 'missing-permission',
    words: `To ${purpose}, I need the ${label} permission in #${channelName}. ${where(label)}`,
  };
}

function where(label: string): string {
  return `In Edit Channel > Permissions, add the Warmup role and turn on ${label}. To allow it everywhere, use Server Settings > Roles.`;
}

type Refusal = { ok: false } & Extract<Sent, { ok: false }>;

/** The code of Discord for a change in a thread that is archived. */
export const THREAD_ARCHIVED = 50083;

/** Codes of Discord's errors. @see https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const CODES = new Map<number, Problem>([
  [
    10003,
    {
      code: 'channel-gone',
      words: [
        'This channel no longer exists. Run ',
        { command: 'setup' },
        ' to choose another one.',
      ],
    },
  ],
  [10004, { code: 'not-a-member', words: "I'm no longer in this server. Invite me again." }],
  [10008, { code: 'invalid', words: 'This message was deleted.' }],
  [10013, { code: 'cannot-message', words: 'Discord no longer knows this person.' }],
  [
    50001,
    {
      code: 'missing-permission',
      words: `I can't see this channel. ${where('View Channel')}`,
    },
  ],
  [
    50007,
    {
      code: 'cannot-message',
      words:
        "This person doesn't accept direct messages from me. They can turn on Direct Messages in the server's Privacy Settings.",
    },
  ],
  [
    50278,
    {
      code: 'cannot-message',
      words: "I can't message this person because we no longer share a server.",
    },
  ],
  [
    50013,
    {
      code: 'missing-permission',
      words: [
        "I'm missing a permission in this channel. Run ",
        { command: 'setup' },
        ' to see which one.',
      ],
    },
  ],
  [
    THREAD_ARCHIVED,
    {
      code: 'archived',
      words: 'This thread is archived. Post a message in it to reopen it.',
    },
  ],
  [
    160005,
    {
      code: 'archived',
      words: "This thread is locked. A moderator can unlock it in the thread's menu.",
    },
  ],
  [
    160006,
    {
      code: 'invalid',
      words: 'This server has reached the limit for open threads. Archive some, then try again.',
    },
  ],
  [
    200000,
    {
      code: 'invalid',
      words:
        "This server's AutoMod rules blocked the message. Exempt the Warmup role in Server Settings > AutoMod.",
    },
  ],
  [240000, { code: 'invalid', words: 'Discord blocked a link in this message as harmful.' }],
  [
    40001,
    {
      code: 'token',
      words:
        'Discord rejected DISCORD_TOKEN. Reset the token in Developer Portal > Bot, update .env, and restart.',
    },
  ],
]);

/** The message of Discord when a thread already stands under a message. */
export const THREAD_EXISTS = 160004;

/** The code of Discord for a reply to a message where the bot may not read what was said before. */
export const NO_HISTORY = 160002;

const ANSWERED = 40060;

/** True when an interaction has been answered before. */
export function isAnswered(error: unknown): boolean {
  return error instanceof DiscordAPIError && Number(error.code) === ANSWERED;
}

/** True for a fault of Discord's or of the network, as opposed to a refusal, a limit or a timeout. */
export function isFault(error: unknown): boolean {
  if (error instanceof RateLimitError) return false;
  if (error instanceof DiscordAPIError) return error.status >= 500;
  return error instanceof Error && error.name !== 'AbortError';
}

/** Codes for an interaction that was answered before or too late. */
const LATE = new Set([10062, ANSWERED, 10015, 50027]);

/** True when an answer came too late or twice: nothing can be shown any more. */
export function isLate(error: unknown): boolean {
  return error instanceof DiscordAPIError && LATE.has(Number(error.code));
}

/**
 * An error as it may be logged. Discord's errors carry the request with them: the words that were
 * sent, and in its address the token of the interaction.
 */
export function loggable(error: unknown): unknown {
  const carriesRequest = error instanceof DiscordAPIError || error instanceof HTTPError;
  if (!carriesRequest) return error;
  const safe = new Error(error.message);
  safe.name = error.name;
  return safe;
}

/** What an error of a send means: certainly not sent, not sent yet, or not known. */
export function toRefusal(error: unknown): Refusal {
  if (error instanceof RateLimitError) return rateLimited(error.retryAfter);
  if (error instanceof DiscordAPIError && error.status < 500) return refused(error);
  if (error instanceof DiscordAPIError || error instanceof HTTPError) {
    return unknown(`Discord returned an error (${error.status}).`);
  }
  if (neverSent(error)) {
    return {
      ok: false,
      outcome: 'busy',
      retryAfterMs: 10_000,
      problem: { code: 'unavailable', words: "I can't reach Discord right now." },
    };
  }
  return unknown("Discord didn't respond. The message may or may not have been sent.");
}

function refused(error: DiscordAPIError): Refusal {
  const known = CODES.get(Number(error.code));
  if (known) return { ok: false, outcome: 'refused', problem: known };
  if (error.status === 401) {
    const token = CODES.get(40001);
    if (token) return { ok: false, outcome: 'refused', problem: token };
  }
  // Discord's own words name only the field and the rule, never what was in it.
  const words = `Discord rejected the message (${error.code}): ${firstLine(error.message)}`;
  return { ok: false, outcome: 'refused', problem: { code: 'invalid', words } };
}

function firstLine(text: string): string {
  return text.split('\n').slice(0, 2).join(' ').slice(0, 200);
}

function rateLimited(retryAfterMs: number): Refusal {
  return {
    ok: false,
    outcome: 'busy',
    retryAfterMs,
    problem: { code: 'rate-limited', words: 'Discord asked me to wait before the next message.' },
  };
}

function unknown(words: string): Refusal {
  return { ok: false, outcome: 'unknown', problem: { code: 'unavailable', words } };
}

const UNSENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);

/** True when no connection was made, so that Discord cannot have seen the request. */
function neverSent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && UNSENT.has(String(error.code));
}
