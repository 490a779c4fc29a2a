import { introCard } from '../bot/interview-cards.ts';
import { roomCard } from '../bot/peer-cards.ts';
import type { Outgoing, Platform, Problem, Sent } from '../bot/platform.ts';
import { closingTime } from '../bot/posting.ts';
import type { Reply } from '../bot/reply.ts';
import { CATCH_UP_MS } from '../core/slots.ts';
import type { Settlement } from '../store/queries/outbox.ts';
import type { NewOutboxRow, OutboxRow, Schedule } from '../store/schema.ts';
import type { Job, JobContext } from './job.ts';
import { noticeToKeeper } from './notice.ts';

/** A sender that says nothing for this long is taken for dead. */
const LEASE_MS = 60_000;

/** So late in its lease no send begins: a send takes this long at the most. */
const SEND_MS = 25_000;

const BATCH = 50;

/** Sends under way at once. */
const LANES = 16;

/** A row that is refused for being too busy is tried for so long: a post that is later is missed. */
const KEEP_TRYING_MS = CATCH_UP_MS;

/** Longest wait between two attempts while a platform cannot be reached. */
const LONGEST_WAIT_MS = 15 * 60_000;

const RESEND_AFTER_MS = 5_000;

/** Attempts at an edit or a thread whose outcome stays unknown: about ten minutes of them. */
const MOST_REPEATS = 8;

/** The minute's tick comes anyway. */
const TICK_MS = 60_000;

/** Sends what is due; each row has its own outcome. */
export const outbox: Job = {
  name: 'outbox',
  async run(context) {
    const { store, clock } = context;
    await takeBackExpired(context);
    while (!context.isStopping()) {
      const at = clock.now();
      const leaseUntil = new Date(at.getTime() + LEASE_MS);
      const rows = await store.leaseDue({ at, leaseUntil, limit: BATCH });
      if (rows.length === 0) break;
      await inLanes(byChannel(rows), LANES, (group) => sendInOrder(context, group, at));
    }
    const next = await store.nextOutgoingAt();
    if (next && next.getTime() - clock.now().getTime() < TICK_MS) context.wakeAt(next);
  },
};

/** Rows of one place go out one after the other, in their order. */
function byChannel(rows: OutboxRow[]): OutboxRow[][] {
  const groups = new Map<string, OutboxRow[]>();
  for (const row of rows) {
    const { outgoing } = row;
    const place = 'channel' in outgoing ? outgoing.channel : outgoing.account;
    const key = `${row.platform} ${place}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()];
}

/** Sends the rows of one place until it is too busy, the lease runs out or the process stops. */
async function sendInOrder(
  context: JobContext,
  rows: readonly OutboxRow[],
  leasedAt: Date,
): Promise<void> {
  for (const [index, row] of rows.entries()) {
    const now = context.clock.now();
    const isLate = now.getTime() - leasedAt.getTime() > LEASE_MS - SEND_MS;
    if (isLate || context.isStopping()) return putBack(context, rows.slice(index), now);
    const until = await sendOne(context, row);
    if (until) return putBack(context, rows.slice(index + 1), until);
  }
}

/** Rows that were taken but not sent fall due again. */
async function putBack(
  { store, clock }: JobContext,
  rows: readonly OutboxRow[],
  dueAt: Date,
): Promise<void> {
  for (const { id } of rows) await store.settle({ id, state: 'due', at: clock.now(), dueAt });
}

async function inLanes<T>(
  list: T[],
  lanes: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...list];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(lanes, queue.length) }, lane));
}

/** Sends one row; the instant of the next attempt when its place is too busy. */
async function sendOne(context: JobContext, leased: OutboxRow): Promise<Date | undefined> {
  const { clock, emit } = context;
  const platform = context.platforms.get(leased.platform);
  const began = clock.now().getTime();
  if (!platform) {
    // This process does not serve that platform; another one may.
    await putBack(context, [leased], new Date(began + LEASE_MS));
    return undefined;
  }
  const isFirst = leased.firstTriedAt === null;
  if (!isFirst && !mayResend(platform, leased, clock.now())) {
    const problem = leased.problem ?? 'no answer came';
    await context.store.settle(await giveUp(context, leased, 'lost', problem));
    return undefined;
  }
  const row = await context.store.beginSend({ id: leased.id, at: clock.now() });
  // Somebody else has taken the row meanwhile.
  if (!row) return undefined;
  let sent: Sent;
  try {
    sent = await platform.send(revive(row.outgoing));
  } catch (error) {
    const reference = context.newId().slice(0, 6);
    emit({ kind: 'failed', where: `sending ${row.what}`, reference, error });
    sent = {
      ok: false,
      outcome: 'unknown',
      problem: {
        code: 'unavailable',
        words: `something failed while sending (reference ${reference})`,
      },
    };
  }
  const settlement = await outcomeOf(context, platform, row, sent);
  if (isFirst && !sent.ok && sent.outcome === 'busy')
    settlement.untried = notSent(row, sent.problem);
  const settled = await context.store.settle(settlement);
  if (settled) await tell(context, row, settlement, clock.now().getTime() - began);
  return !sent.ok && sent.outcome === 'busy' ? settlement.dueAt : undefined;
}

/** A row that was refused for now has certainly not been sent; keeping to a limit is no attempt. */
function notSent({ attempts }: OutboxRow, { code }: Problem) {
  return { attempts: code === 'rate-limited' ? attempts - 1 : attempts, firstTriedAt: null };
}

/** What became of a row, as events. */
async function tell(
  { store, emit }: JobContext,
  row: OutboxRow,
  settlement: Settlement,
  ms: number,
): Promise<void> {
  emit({
    kind: 'sent',
    what: row.what,
    platform: row.platform,
    outcome: settlement.state,
    ms,
    ...(settlement.problem ? { problem: settlement.problem } : {}),
  });
  if (row.what === 'question' && settlement.post?.state === 'posted' && row.postId !== null) {
    const post = await store.post(row.postId);
    if (post)
      emit({
        kind: 'posted',
        schedule: String(post.scheduleId),
        day: post.day,
        post: String(post.id),
      });
  }
  if (row.what === 'recap' && settlement.state === 'sent')
    emit({ kind: 'recapped', post: String(row.postId) });
}

async function outcomeOf(
  context: JobContext,
  platform: Platform,
  row: OutboxRow,
  sent: Sent,
): Promise<Settlement> {
  const at = context.clock.now();
  if (sent.ok)
    return {
      id: row.id,
      state: 'sent',
      at,
      message: sent.message,
      ...(await follow(context, row, sent, at)),
    };
  const problem = sent.problem.words;
  const again = (afterMs: number): Settlement => ({
    id: row.id,
    state: 'due',
    at,
    dueAt: new Date(at.getTime() + afterMs),
    problem,
  });
  if (sent.outcome === 'busy' && at.getTime() - row.at.getTime() < KEEP_TRYING_MS)
    return again(waitMs(row, sent));
  const later = new Date(at.getTime() + RESEND_AFTER_MS);
  if (sent.outcome === 'unknown' && mayResend(platform, row, later))
    return again(isRepeatable(row) ? backOffMs(row, RESEND_AFTER_MS) : RESEND_AFTER_MS);
  return giveUp(context, row, sent.outcome === 'unknown' ? 'lost' : 'failed', problem);
}

/** A platform's own wait is kept; while it cannot be reached the waits grow. */
function waitMs(row: OutboxRow, { problem, retryAfterMs = 0 }: Extract<Sent, { ok: false }>) {
  const least = problem.code === 'rate-limited' ? 1_000 : backOffMs(row, 1_000);
  return Math.max(least, retryAfterMs);
}

function backOffMs({ attempts }: OutboxRow, firstMs: number): number {
  return Math.min(LONGEST_WAIT_MS, firstMs * 2 ** (Math.min(attempts, 20) - 1));
}

/** Doing it again shows nothing twice. */
function isRepeatable({ outgoing: { kind } }: OutboxRow): boolean {
  return kind === 'edit' || kind === 'thread';
}

/**
 * Whether an attempt at this instant is safe after one whose outcome is not known: an edit, or a
 * message with the same key in time. A room has no key, so a second attempt could open a second one.
 */
function mayResend(platform: Platform, row: OutboxRow, at: Date): boolean {
  if (isRepeatable(row)) return row.attempts < MOST_REPEATS;
  if (row.outgoing.kind === 'room') return false;
  return at.getTime() - (row.firstTriedAt ?? at).getTime() < platform.resendSafeForMs;
}

/** What a sent row sets in motion. */
async function follow(
  { store, clock }: JobContext,
  row: OutboxRow,
  sent: Extract<Sent, { ok: true }>,
  at: Date,
): Promise<Pick<Settlement, 'post' | 'room' | 'add'>> {
  if (row.what === 'room' && row.interviewId !== null)
    return roomOpened(store, row, row.interviewId, sent, at);
  if (row.what === 'room' && row.peerId !== null)
    return peerRoomOpened(store, row, row.peerId, sent, at);
  if (row.postId === null) return {};
  if (row.what === 'thread') return { post: { thread: sent.message } };
  if (row.what !== 'question') return {};
  const post = await store.post(row.postId);
  const schedule = post && (await store.schedule(post.scheduleId));
  if (!post || !schedule) return {};
  const key = `thread:${row.postId}:${sent.message}`;
  return {
    post: {
      state: 'posted',
      channel: sent.channel,
      message: sent.message,
      postedAt: at,
      closesAt: closingTime(schedule, at),
      problem: null,
    },
    add: [
      {
        key,
        teamId: row.teamId,
        platform: row.platform,
        what: 'thread',
        postId: row.postId,
        outgoing: {
          kind: 'thread',
          channel: sent.channel,
          message: sent.message,
          title: `Question of ${post.day}: discussion`,
          key,
        },
        state: 'due',
        dueAt: clock.now(),
        at: clock.now(),
      },
    ],
  };
}

/** The room of an interview is there: its first words go into it. */
async function roomOpened(
  store: JobContext['store'],
  row: OutboxRow,
  interviewId: number,
  sent: Extract<Sent, { ok: true }>,
  at: Date,
): Promise<Pick<Settlement, 'room' | 'add'>> {
  const interview = await store.interview(interviewId);
  if (!interview) return {};
  const key = `intro:${interviewId}`;
  return {
    room: { interviewId, channel: sent.channel, thread: sent.message },
    add: [
      {
        key,
        teamId: row.teamId,
        personId: row.personId ?? null,
        platform: row.platform,
        what: 'intro',
        interviewId,
        outgoing: {
          kind: 'post',
          channel: sent.channel,
          thread: sent.message,
          reply: introCard(interview.plan, { interview: interviewId, at: 0 }),
          key,
        },
        state: 'due',
        dueAt: at,
        at,
      },
    ],
  };
}

/** How long both have to come once the room of a peer interview is open. */
const ARRIVE_MS = 15 * 60_000;

async function peerRoomOpened(
  store: JobContext['store'],
  row: OutboxRow,
  peerId: number,
  sent: Extract<Sent, { ok: true }>,
  at: Date,
): Promise<Pick<Settlement, 'room' | 'add'>> {
  const session = await store.peerSession(peerId);
  if (!session) return {};
  const first = await store.personOfAccount(session.firstAccount);
  const second = await store.personOfAccount(session.secondAccount);
  const key = `peer-intro:${peerId}`;
  return {
    room: {
      peerId,
      channel: sent.channel,
      thread: sent.message,
      dueAt: new Date(at.getTime() + ARRIVE_MS),
    },
    add: [
      {
        key,
        teamId: row.teamId,
        platform: row.platform,
        what: 'intro',
        peerId,
        outgoing: {
          kind: 'post',
          channel: sent.channel,
          thread: sent.message,
          reply: roomCard(session, [first?.name ?? 'One of you', second?.name ?? 'the other']),
          key,
        },
        state: 'due',
        dueAt: at,
        at,
      },
    ],
  };
}

async function giveUp(
  context: JobContext,
  row: OutboxRow,
  state: 'lost' | 'failed',
  problem: string,
): Promise<Settlement> {
  const settlement: Settlement = { id: row.id, state, at: context.clock.now(), problem };
  if (row.what === 'room' && row.interviewId !== null)
    return roomFailed(context, row, settlement, problem);
  if (row.postId === null) return settlement;
  const post = await context.store.post(row.postId);
  const schedule = post && (await context.store.schedule(post.scheduleId));
  if (!post || !schedule) return settlement;
  return {
    ...settlement,
    ...(row.what === 'question' ? { post: { state, problem } } : {}),
    add: await failureNotice(context, schedule, row, state, problem),
  };
}

/** Without a room the interview goes on in direct messages. */
async function roomFailed(
  context: JobContext,
  row: OutboxRow,
  settlement: Settlement,
  problem: string,
): Promise<Settlement> {
  const { outgoing } = row;
  const interview =
    row.interviewId === null ? undefined : await context.store.interview(row.interviewId);
  const account = outgoing.kind === 'room' ? outgoing.accounts[0] : undefined;
  if (!interview || !account) return settlement;
  const key = `intro:${interview.id}:direct`;
  const intro = introCard(interview.plan, { interview: interview.id, at: 0 });
  const at = context.clock.now();
  return {
    ...settlement,
    add: [
      {
        key,
        teamId: row.teamId,
        personId: interview.personId,
        platform: row.platform,
        what: 'intro',
        interviewId: interview.id,
        outgoing: {
          kind: 'direct',
          account,
          key,
          reply: {
            ...intro,
            blocks: [
              {
                kind: 'text',
                text: `I could not open a thread for your interview: ${problem} We can do it here instead.`,
              },
              ...intro.blocks,
            ],
          },
        },
        state: 'due',
        dueAt: at,
        at,
      },
    ],
  };
}

function failureNotice(
  context: JobContext,
  schedule: Schedule,
  row: OutboxRow,
  state: 'lost' | 'failed',
  problem: string,
): Promise<NewOutboxRow[]> {
  const what = row.what === 'question' ? "today's question" : `the ${row.what} of a question`;
  const words =
    state === 'lost'
      ? `I sent ${what} to its channel, but never heard whether it arrived (${problem}). I do not send it twice. Please look: is it there?`
      : `I could not send ${what}: ${problem}`;
  const buttons =
    row.what !== 'question'
      ? []
      : state === 'lost'
        ? [
            { label: 'It is there', run: `daily action:found post:${row.postId}` },
            { label: 'Post it again', run: `daily action:again post:${row.postId}` },
          ]
        : [{ label: 'Try again', run: `daily action:again post:${row.postId}` }];
  const reply: Reply = {
    title: state === 'lost' ? 'Did it arrive?' : 'I could not post',
    blocks: [
      { kind: 'text', text: words },
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    ],
  };
  return noticeToKeeper(context, schedule, {
    key: `${state}:${row.key}`,
    reply,
    ...(row.postId === null ? {} : { postId: row.postId }),
  });
}

/** Rows whose sender died: sent where nothing had begun, sent again only where that is safe. */
async function takeBackExpired(context: JobContext): Promise<void> {
  const at = context.clock.now();
  for (const row of await context.store.expiredLeases(at)) {
    const platform = context.platforms.get(row.platform);
    if (!platform) continue;
    const problem = 'the bot stopped while it was sending';
    await context.store.settle(
      row.firstTriedAt === null || mayResend(platform, row, at)
        ? { id: row.id, state: 'due', at, dueAt: at, problem }
        : await giveUp(context, row, 'lost', problem),
    );
  }
}

/** JSON has no dates: the instants inside a stored reply become dates again. */
function revive(outgoing: Outgoing): Outgoing {
  return JSON.parse(JSON.stringify(outgoing), (key, value) =>
    key === 'time' && typeof value === 'string' ? new Date(value) : value,
  ) as Outgoing;
}
