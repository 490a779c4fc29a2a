import { introCard } from '../bot/interview-cards.ts';
import { roomCard } from '../bot/peer-cards.ts';
import type { Outgoing, Platform, Sent } from '../bot/platform.ts';
import { closingTime } from '../bot/posting.ts';
import type { Reply } from '../bot/reply.ts';
import type { Settlement } from '../store/queries/outbox.ts';
import type { NewOutboxRow, OutboxRow, Schedule } from '../store/schema.ts';
import type { Job, JobContext } from './job.ts';
import { noticeToKeeper } from './notice.ts';

/** A sender that says nothing for this long is taken for dead. */
const LEASE_MS = 60_000;

const BATCH = 50;

/** Sends under way at once. */
const LANES = 16;

/** Attempts at a row that is refused for being too busy. */
const MOST_ATTEMPTS = 20;

/** Longest wait that a platform may impose on a row. */
const LONGEST_WAIT_MS = 15 * 60_000;

const RESEND_AFTER_MS = 5_000;

/** Sends what is due; each row has its own outcome. */
export const outbox: Job = {
  name: 'outbox',
  async run(context) {
    await takeBackExpired(context);
    for (;;) {
      const at = context.clock.now();
      const rows = await context.store.leaseDue({
        at,
        leaseUntil: new Date(at.getTime() + LEASE_MS),
        limit: BATCH,
      });
      if (rows.length === 0) return;
      await inLanes(byChannel(rows), LANES, async (group) => {
        for (const row of group) await sendOne(context, row);
      });
    }
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

async function sendOne(context: JobContext, row: OutboxRow): Promise<void> {
  const { clock, emit } = context;
  const platform = context.platforms.get(row.platform);
  const began = clock.now().getTime();
  if (!platform) {
    // This process does not serve that platform; another one may.
    await context.store.settle({
      id: row.id,
      state: 'due',
      at: clock.now(),
      dueAt: new Date(began + LEASE_MS),
    });
    return;
  }
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
  const settled = await context.store.settle(settlement);
  if (!settled) return;
  emit({
    kind: 'sent',
    what: row.what,
    platform: row.platform,
    outcome: settlement.state,
    ms: clock.now().getTime() - began,
    ...(settlement.problem ? { problem: settlement.problem } : {}),
  });
  if (row.what === 'question' && settlement.post?.state === 'posted' && row.postId !== null) {
    const post = await context.store.post(row.postId);
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
  if (sent.outcome === 'busy' && row.attempts < MOST_ATTEMPTS) {
    return again(
      Math.min(LONGEST_WAIT_MS, Math.max(1_000, sent.retryAfterMs ?? 2 ** row.attempts * 1_000)),
    );
  }
  if (sent.outcome === 'unknown' && mayResend(platform, row, at)) return again(RESEND_AFTER_MS);
  return giveUp(context, row, sent.outcome === 'unknown' ? 'lost' : 'failed', problem);
}

/** A second attempt cannot show a second message: an edit, or a post with the same key in time. */
function mayResend(platform: Platform, row: OutboxRow, at: Date): boolean {
  if (row.outgoing.kind === 'edit' || row.outgoing.kind === 'thread') return row.attempts < 5;
  const since = at.getTime() - (row.firstTriedAt ?? at).getTime();
  return since + RESEND_AFTER_MS < platform.resendSafeForMs;
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

/** Rows whose sender died between sending and recording: sent again only where that is safe. */
async function takeBackExpired(context: JobContext): Promise<void> {
  const at = context.clock.now();
  for (const row of await context.store.expiredLeases(at)) {
    const platform = context.platforms.get(row.platform);
    if (!platform) continue;
    const problem = 'the bot stopped while it was sending';
    await context.store.settle(
      mayResend(platform, row, at)
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
