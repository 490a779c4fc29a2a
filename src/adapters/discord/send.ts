import { createHash } from 'node:crypto';
import { DiscordAPIError, type REST, Routes } from 'discord.js';
import type { Outgoing, Sent } from '../../spine/platform.ts';
import type { Reply } from '../../spine/reply.ts';
import type { DiscordMessage } from './card.ts';
import { cutLabel, LIMITS } from './limits.ts';
import { clean } from './markdown.ts';
import { THREAD_ARCHIVED, THREAD_EXISTS, toRefusal } from './problems.ts';

/** What sending needs: a client of its own that neither waits nor retries, and the presenter. */
export type Sender = {
  rest: REST;
  present(reply: Reply): Promise<DiscordMessage>;
  /** A person could not be added to a room that stands. */
  notAdded(account: string, error: unknown): void;
};

/** Sends one thing, once. Nothing is retried here: whether that is safe is for the outbox to say. */
export async function send(sender: Sender, outgoing: Outgoing): Promise<Sent> {
  try {
    return await sendOnce(sender, outgoing);
  } catch (error) {
    return toRefusal(error);
  }
}

function sendOnce(sender: Sender, outgoing: Outgoing): Promise<Sent> {
  switch (outgoing.kind) {
    case 'post':
      return post(sender, { ...outgoing, channel: outgoing.thread ?? outgoing.channel });
    case 'edit':
      return edit(sender, { ...outgoing, channel: outgoing.thread ?? outgoing.channel });
    case 'thread':
      return openThread(sender, outgoing);
    case 'room':
      return openRoom(sender, outgoing);
    case 'direct':
      return direct(sender, outgoing);
  }
}

type Of<K extends Outgoing['kind']> = Extract<Outgoing, { kind: K }>;

/** A thread is a channel on Discord: the outcome names the one that an edit has to name. */
async function post(
  { rest, present }: Sender,
  { channel, reply, key }: { channel: string; reply: Reply; key: string },
): Promise<Sent> {
  const { body, files } = await present(reply);
  const message = await rest.post(Routes.channelMessages(channel), {
    body: { ...body, nonce: nonceOf(key), enforce_nonce: true },
    files: uploads(files),
  });
  return { ok: true, channel, message: idOf(message) };
}

async function edit(
  { rest, present }: Sender,
  { channel, message, reply }: Of<'edit'>,
): Promise<Sent> {
  const { body, files } = await present(reply);
  const change = () =>
    rest.patch(Routes.channelMessage(channel, message), { body, files: uploads(files) });
  try {
    await change();
  } catch (error) {
    if (!(error instanceof DiscordAPIError) || error.code !== THREAD_ARCHIVED) throw error;
    // A new message opens an archived thread by itself; an edit finds it closed.
    await rest.patch(Routes.channel(channel), { body: { archived: false } });
    await change();
  }
  return { ok: true, channel, message };
}

async function openThread(
  { rest }: Sender,
  { channel, message, title }: Of<'thread'>,
): Promise<Sent> {
  try {
    const thread = await rest.post(Routes.threads(channel, message), {
      body: { name: threadName(title), auto_archive_duration: DAY_MINUTES },
    });
    return { ok: true, channel, message: idOf(thread) };
  } catch (error) {
    // A thread under a message has the message's own id, so an earlier attempt has made it.
    const stands = error instanceof DiscordAPIError && error.code === THREAD_EXISTS;
    if (stands) return { ok: true, channel, message };
    throw error;
  }
}

const DAY_MINUTES = 1440;
const PUBLIC_THREAD = 11;
const PRIVATE_THREAD = 12;

async function openRoom(sender: Sender, outgoing: Of<'room'>): Promise<Sent> {
  const { channel, title, accounts, isPrivate } = outgoing;
  const made = await sender.rest.post(Routes.threads(channel), {
    body: {
      name: threadName(title),
      auto_archive_duration: DAY_MINUTES,
      type: isPrivate ? PRIVATE_THREAD : PUBLIC_THREAD,
      ...(isPrivate ? { invitable: false } : {}),
    },
  });
  const room = idOf(made);
  for (const account of accounts) {
    try {
      await sender.rest.put(Routes.threadMembers(room, userOf(account)));
    } catch (error) {
      // The room stands; making it again would leave two.
      sender.notAdded(account, error);
    }
  }
  return { ok: true, channel, message: room };
}

async function direct(sender: Sender, { account, reply, key }: Of<'direct'>): Promise<Sent> {
  const channel = await sender.rest.post(Routes.userChannels(), {
    body: { recipient_id: userOf(account) },
  });
  return post(sender, { channel: idOf(channel), reply, key });
}

/** The files of a message as the REST client uploads them. */
export function uploads(files: DiscordMessage['files']) {
  return files.map(({ name, mime, content }) => ({
    name,
    contentType: mime,
    data: Buffer.from(content),
  }));
}

/** The same for every attempt at a row, so that Discord shows one message. */
export function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, LIMITS.nonce.max);
}

function threadName(title: string): string {
  const name = clean(title).replace(/\s+/g, ' ').trim();
  return cutLabel(name, LIMITS.threadName.max) || 'Discussion';
}

function userOf(account: string): string {
  return account.replace(/^discord:/, '');
}

/** The REST client types answers as unknown; Discord gives everything an id. */
function idOf(answer: unknown): string {
  return (answer as { id: string }).id;
}
