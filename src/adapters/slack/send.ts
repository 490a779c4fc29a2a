import type { WebClient } from '@slack/web-api';
import type { Outgoing, Platform, Problem, Sent } from '../../spine/platform.ts';
import type { Reply } from '../../spine/reply.ts';
import type { SlackBlock } from './blocks.ts';
import { isNotInstalled } from './installing/installations.ts';
import { isAdminOf, strangerIn, type WhereAdmins } from './people.ts';
import { plainerMessages, type SlackMessage } from './present.ts';
import { failureOf } from './problems.ts';
import { UNFURL_NOTHING } from './replies.ts';
import { clean, cut, escapeText } from './rich-text.ts';
import { prepareFiles, shareFiles } from './upload.ts';

/** Who the app is, from `auth.test`. */
export type Bot = { user: string; name: string };

/** A workspace in which we speak, with a client that has a timeout and makes no second attempt. */
export type Seat = WhereAdmins & { bot: Bot };

/**
 * Sends what goes out by itself. Slack knows no key that would make a second attempt harmless, so
 * each call is one attempt and an unknown outcome is reported as unknown.
 *
 * @param seatIn Finds where we speak; rejects with `NOT_INSTALLED` where the app is not installed.
 * @param onDirect Told each channel that is a direct message with this app.
 */
export function createPlatform(
  seatIn: (workspace: string | undefined) => Promise<Seat>,
  onDirect: (channel: string) => void,
): Platform {
  return {
    name: 'slack',
    resendSafeForMs: 0,
    async send(outgoing, workspace) {
      const seat = await seatIn(workspace).catch(noSeat);
      if ('words' in seat) return { ok: false, outcome: 'refused', problem: seat };
      const sent = await send(seat.api, outgoing, seat.bot);
      if (sent.ok && isDirect(outgoing)) onDirect(sent.channel);
      return sent;
    },
    async check(channel, workspace) {
      const seat = await seatIn(workspace).catch(noSeat);
      return 'words' in seat ? [seat] : check(seat.api, channel, seat.bot);
    },
    async strangerIn(workspace, account) {
      const { api, team } = await seatIn(workspace);
      return strangerIn(api, team, userOf(account));
    },
    async isAdmin(workspace, account) {
      const seat = await seatIn(workspace).catch(noSeat);
      return 'words' in seat ? undefined : isAdminOf(seat, userOf(account));
    },
  };
}

/** Why nothing can be said in a workspace. */
function noSeat(error: unknown): Problem {
  if (!isNotInstalled(error)) throw error;
  return {
    code: 'token',
    words: "Warmup isn't installed in this Slack workspace anymore. Add it again to go on.",
  };
}

async function send(api: WebClient, outgoing: Outgoing, bot: Bot): Promise<Sent> {
  switch (outgoing.kind) {
    case 'post':
      return post(api, outgoing, bot);
    case 'direct':
      return post(api, { channel: userOf(outgoing.account), reply: outgoing.reply }, bot);
    case 'edit':
      return edit(api, outgoing, bot);
    case 'thread':
      // A message in Slack is its own thread.
      return { ok: true, channel: outgoing.channel, message: outgoing.message };
    case 'room':
      return openRoom(api, outgoing, bot);
  }
}

type Post = { channel: string; thread?: string; reply: Reply };

async function post(api: WebClient, { channel, thread, reply }: Post, bot: Bot): Promise<Sent> {
  const where = { channel, ...(thread ? { thread_ts: thread } : {}), ...UNFURL_NOTHING };
  const { reply: shown, message: full, ids } = await prepareFiles(api, reply);
  const sent = await plainer(plainerMessages(shown, full), bot, (message) =>
    api.chat.postMessage({ ...where, ...message }),
  );
  if (sent.ok && ids.length > 0) {
    const place = { channel: sent.channel, thread: thread ?? sent.message };
    // The message stands, and sending it again for its file would show it twice.
    await shareFiles(api, ids, place).catch(() => undefined);
  }
  return sent;
}

function edit(
  api: WebClient,
  { channel, message: ts, reply }: Extract<Outgoing, { kind: 'edit' }>,
  bot: Bot,
) {
  return plainer(plainerMessages(reply), bot, (message) =>
    api.chat.update({ channel, ts, ...message }),
  );
}

/** Tries plainer blocks while Slack refuses them: a refused message is certainly not sent. */
async function plainer(
  messages: Iterable<SlackMessage>,
  bot: Bot,
  call: (message: SlackMessage) => Promise<{ channel?: string; ts?: string }>,
): Promise<Sent> {
  let sent: Sent | undefined;
  for (const message of messages) {
    const attempt = await once(() => call(message), bot);
    sent = attempt.sent;
    if (!attempt.isAboutBlocks) break;
  }
  return sent ?? unreadable;
}

const unreadable: Sent = {
  ok: false,
  outcome: 'unknown',
  problem: { code: 'unavailable', words: "Slack sent a response I can't read." },
};

async function once(
  call: () => Promise<{ channel?: string; ts?: string }>,
  { name }: Bot,
): Promise<{ sent: Sent; isAboutBlocks: boolean }> {
  try {
    const { channel, ts } = await call();
    if (!channel || !ts) return { sent: unreadable, isAboutBlocks: false };
    return { sent: { ok: true, channel, message: ts }, isAboutBlocks: false };
  } catch (error) {
    const { outcome, problem, retryAfterMs, isAboutBlocks } = failureOf(error, name);
    const sent = {
      ok: false as const,
      outcome,
      problem,
      ...(retryAfterMs ? { retryAfterMs } : {}),
    };
    return { sent, isAboutBlocks };
  }
}

type Room = Extract<Outgoing, { kind: 'room' }>;

/** Somebody is alone there with the app. */
const isDirect = (outgoing: Outgoing) =>
  outgoing.kind === 'direct' ||
  (outgoing.kind === 'room' && outgoing.isPrivate && outgoing.accounts.length === 1);

/**
 * A private room is the direct message with the app, or a group message for two. Any other is a message in the channel
 * that opens a thread; naming the people in it brings them in.
 */
async function openRoom(api: WebClient, room: Room, bot: Bot): Promise<Sent> {
  const users = room.accounts.map(userOf);
  const title = cut(clean(room.title).trim() || 'Room', 300);
  const block: SlackBlock = {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'text', text: title, style: { bold: true } },
          ...users.flatMap((user_id) => [
            { type: 'text' as const, text: ' ' },
            { type: 'user' as const, user_id },
          ]),
        ],
      },
    ],
  };
  const message = { text: escapeText(title), blocks: [block], ...UNFURL_NOTHING };
  const post = async () => {
    const channel = room.isPrivate ? await privateChannel(api, users) : room.channel;
    return api.chat.postMessage({ channel, ...message });
  };
  return (await once(post, bot)).sent;
}

/** Where these people and the app are among themselves; for the same people, always the same place. */
async function privateChannel(api: WebClient, users: readonly string[]): Promise<string> {
  const [alone = '', ...others] = users;
  if (others.length === 0) return alone;
  const { channel } = await api.conversations.open({ users: users.join(',') });
  return channel?.id ?? '';
}

function userOf(account: string): string {
  return account.replace(/^.*\//, '');
}

/**
 * What keeps the daily question from working in a channel.
 *
 * Reading a channel would need scopes that we do not ask for. So the app says something to nobody
 * but itself: nobody sees it, and Slack names what is missing.
 */
async function check(api: WebClient, channel: string, { user, name }: Bot): Promise<Problem[]> {
  try {
    await api.chat.postEphemeral({ channel, user, text: 'Permission check.' });
    return [];
  } catch (error) {
    const { problem, outcome } = failureOf(error, name);
    // Another refusal says nothing about the channel: the first post will tell.
    const isAboutChannel = problem.code !== 'invalid' && problem.code !== 'cannot-message';
    return isAboutChannel && outcome !== 'unknown' ? [problem] : [];
  }
}
