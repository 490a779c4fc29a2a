import type { Outgoing, Platform, Problem, Sent } from '../../spine/platform.ts';
import { type Block, type Inline, type Reply, spans } from '../../spine/reply.ts';
import { LIMITS } from './limits.ts';
import type { BotMessage, Faults, Payloads, ShownMessage } from './protocol.ts';
import type { PageRecord } from './record.ts';

/** Where a message comes to stand, as a chat platform knows it. */
export type Stand = { id: string; place: string; only?: string; cause?: string };

/** What sending needs of the page. */
export type Sending = {
  record: PageRecord;
  faults: Faults;
  now(): Date;
  present(reply: Reply, isPrivate: boolean): Promise<Payloads>;
  /** Lets a wait come to its end, in the world's own time. */
  later(ms: number): void;
  isAdmin(account: string): boolean | undefined;
  /** An instant as the team reads it on its clocks: `09:15`. */
  clock(instant: Date): string;
};

const MISSING: Problem = {
  code: 'missing-permission',
  words:
    'To post the question, I need Send Messages in this channel. In this demo, clear Missing permission.',
};

const BUSY: Sent = {
  ok: false,
  outcome: 'busy',
  retryAfterMs: LIMITS.retryAfterMs,
  problem: {
    code: 'rate-limited',
    words: 'The platform asked me to wait before the next message.',
  },
};

const LOST: Sent = {
  ok: false,
  outcome: 'unknown',
  problem: { code: 'unavailable', words: 'The platform sent no response.' },
};

/** What is lost without a trace; a room or a thread is seen by everybody. */
const LOSES = new Set<Outgoing['kind']>(['post', 'direct']);

/** The page as a chat platform: it keeps what it is sent, and fails as its switches say. */
export function createPlatform(sending: Sending): Platform {
  const refusedOnce = new Set<string>();

  function failure(outgoing: Outgoing): Sent | undefined {
    const { faults, later } = sending;
    if (faults.permission && outgoing.kind !== 'direct') {
      return { ok: false, outcome: 'refused', problem: MISSING };
    }
    if (!faults.busy || refusedOnce.has(outgoing.key)) return undefined;
    refusedOnce.add(outgoing.key);
    later(LIMITS.retryAfterMs);
    return BUSY;
  }

  return {
    name: 'web',
    resendSafeForMs: 0,
    async send(outgoing) {
      const failed = failure(outgoing);
      if (failed) return failed;
      const sent = await deliver(sending, outgoing);
      return sending.faults.lost && LOSES.has(outgoing.kind) ? LOST : sent;
    },
    check: async () => (sending.faults.permission ? [MISSING] : []),
    isAdmin: async (_workspace, account) => sending.isAdmin(account),
  };
}

async function deliver(sending: Sending, outgoing: Outgoing): Promise<Sent> {
  const { record } = sending;
  const id = record.newId();
  switch (outgoing.kind) {
    case 'post': {
      const place = outgoing.thread ?? outgoing.channel;
      await show(sending, outgoing.reply, { id, place });
      return { ok: true, channel: outgoing.channel, message: id };
    }
    case 'edit': {
      const { message: known, channel } = outgoing;
      const old = record.message(known);
      await show(sending, outgoing.reply, { id: known, place: old?.place ?? channel });
      return { ok: true, channel, message: known };
    }
    case 'direct': {
      const place = directPlace(record, outgoing.account);
      await show(sending, outgoing.reply, { id, place });
      return { ok: true, channel: outgoing.account, message: id };
    }
    case 'thread':
      record.addPlace({ id, title: outgoing.title, kind: 'thread', under: outgoing.message });
      return { ok: true, channel: outgoing.channel, message: id };
    case 'room': {
      const { title, accounts, isPrivate } = outgoing;
      const under = announcementOf(record, outgoing)?.id;
      record.addPlace({
        id,
        title: `${title}, ${sending.clock(sending.now())}`,
        kind: 'thread',
        ...(under === undefined ? {} : { under }),
        ...(isPrivate ? { accounts } : {}),
      });
      return { ok: true, channel: outgoing.channel, message: id };
    }
  }
}

/** The private reply that said that a room opens: the way into the room stands under it. */
function announcementOf(
  record: PageRecord,
  { channel, accounts }: Extract<Outgoing, { kind: 'room' }>,
): ShownMessage | undefined {
  return record
    .messages()
    .findLast(({ place, only }) => place === channel && accounts.some((each) => each === only));
}

/** What the bot says to one person alone. */
export function directPlace(record: PageRecord, account: string): string {
  const id = `direct ${account}`;
  if (!record.place(id)) {
    record.addPlace({ id, title: 'Messages with Warmup', kind: 'direct', accounts: [account] });
  }
  return id;
}

/** Puts what the bot says on the page; a message that stands already is changed. */
export async function show(
  { record, now, present }: Pick<Sending, 'record' | 'now' | 'present'>,
  reply: Reply,
  { id, place, only, cause }: Stand,
): Promise<BotMessage> {
  const old = record.message(id);
  const { titled, leadsTo } = withRooms(reply, record);
  const payloads = await present(titled, only !== undefined);
  const message: BotMessage = {
    id,
    place,
    at: old?.at ?? now().toISOString(),
    by: 'bot',
    title: reply.title ?? '',
    payloads,
    ...(leadsTo.length > 0 ? { leadsTo } : {}),
    ...(old ? { isEdited: true } : {}),
    ...(only === undefined ? {} : { only }),
    ...(cause === undefined ? {} : { cause }),
  };
  record.put(message);
  return message;
}

/** A reply with threads by their titles, and the threads that its texts name: the way there stands under it. */
function withRooms(reply: Reply, record: PageRecord): { titled: Reply; leadsTo: string[] } {
  const leadsTo: string[] = [];
  const titled = (part: Inline): Inline => {
    const isPlace = typeof part === 'object' && 'channel' in part;
    const room = isPlace ? record.place(part.channel) : undefined;
    if (room?.kind !== 'thread') return part;
    leadsTo.push(room.id);
    return { bold: room.title };
  };
  const blocks = reply.blocks.map(
    (block): Block =>
      block.kind === 'text' ? { ...block, text: spans(block.text).map(titled) } : block,
  );
  return { titled: leadsTo.length > 0 ? { ...reply, blocks } : reply, leadsTo };
}
