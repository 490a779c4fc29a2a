import { closingTime } from '../../features/daily/posting.ts';
import { roomIntro } from '../../features/interview/room.ts';
import { liveQuestionShown } from '../../features/live/sent-questions.ts';
import { roomCard } from '../../features/peers/cards.ts';
import { ARRIVE_MS } from '../../features/peers/jobs/peer-absence.ts';
import type { JobContext } from '../../spine/job.ts';
import { dueNow } from '../../spine/outbox.ts';
import type { Sent } from '../../spine/platform.ts';
import type { Settlement } from '../../store/queries/settling.ts';
import type { OutboxRow } from '../../store/schema.ts';

/** What a sent row sets in motion. */
export async function follow(
  context: JobContext,
  row: OutboxRow,
  sent: Extract<Sent, { ok: true }>,
  at: Date,
): Promise<Pick<Settlement, 'post' | 'room' | 'live' | 'add'>> {
  const { store } = context;
  if (row.liveId !== null) return liveQuestionShown(store, row, row.liveId, at);
  if (row.what === 'room' && row.interviewId !== null)
    return roomOpened(context, row, row.interviewId, sent, at);
  if (row.what === 'room' && row.peerId !== null)
    return peerRoomOpened(store, row, row.peerId, sent, at);
  if (row.postId === null) return {};
  if (row.what === 'thread') return { post: { thread: sent.message } };
  return row.what === 'question' ? questionPosted(store, row, row.postId, sent, at) : {};
}

/** The question stands in its channel: it is open from now on, and a thread for it follows. */
async function questionPosted(
  store: JobContext['store'],
  row: OutboxRow,
  postId: number,
  sent: Extract<Sent, { ok: true }>,
  at: Date,
): Promise<Pick<Settlement, 'post' | 'add'>> {
  const post = await store.post(postId);
  if (!post) return {};
  const key = `thread:${postId}:${sent.message}`;
  return {
    post: {
      state: 'posted',
      channel: sent.channel,
      message: sent.message,
      postedAt: at,
      closesAt: closingTime(post, at),
      problem: null,
    },
    add: [
      {
        key,
        teamId: row.teamId,
        platform: row.platform,
        what: 'thread',
        postId,
        outgoing: {
          kind: 'thread',
          channel: sent.channel,
          message: sent.message,
          title: `Daily question ${post.day}: discussion`,
          key,
        },
        ...dueNow(at),
      },
    ],
  };
}

/** The room of an interview is there: its first words go into it. */
async function roomOpened(
  context: JobContext,
  row: OutboxRow,
  interviewId: number,
  sent: Extract<Sent, { ok: true }>,
  at: Date,
): Promise<Pick<Settlement, 'room' | 'add'>> {
  const interview = await context.store.interview(interviewId);
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
          reply: await roomIntro(context, interview),
          key,
        },
        ...dueNow(at),
      },
    ],
  };
}

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
        ...dueNow(at),
      },
    ],
  };
}
