import { and, eq, isNull, ne, type Placeholder, sql } from 'drizzle-orm';
import type { Connection, Database, Pause } from '../connection.ts';
import type {
  LiveRound,
  NewOutboxRow,
  OutboxRow,
  OutboxState,
  PeerSession,
  Post,
} from '../schema.ts';
import { queue } from './queue.ts';
import { refreshAfterPost } from './standings.ts';

type Tables = Connection['tables'];

/** A row that was taken to be sent, and the token that says by whom. */
export type Leased = Pick<OutboxRow, 'id' | 'lease'>;

/** True of a row while nobody else has taken it since. */
export const isLeased = (
  outbox: Tables['outbox'],
  { id, lease }: { [Name in keyof Leased]: Leased[Name] | Placeholder },
) => and(eq(outbox.id, id), eq(outbox.state, 'sending'), sql`${outbox.lease} = ${lease}`);

/** How an attempt to send ended, and what follows from it in the same step. */
export type Settlement = Leased & {
  state: OutboxState;
  at: Date;
  /** When a row that goes back to `due` is tried again. */
  dueAt?: Date;
  /** Of a row that has certainly not been sent: how many attempts count, and that none may be seen. */
  untried?: { attempts: number; firstTriedAt: null };
  message?: string;
  problem?: OutboxRow['problem'];
  /** Changes to the post that the row is about. */
  post?: Partial<
    Pick<Post, 'state' | 'message' | 'channel' | 'thread' | 'postedAt' | 'closesAt' | 'problem'>
  >;
  /** The room of the interview that the row opens. */
  room?: { interviewId?: number; peerId?: number; channel: string; thread: string; dueAt?: Date };
  /** The peer interview that cannot go on without what the row was to bring. */
  endedPeer?: Pick<PeerSession, 'id' | 'state'> & { from: PeerSession['state'] };
  /** The live round whose question stands in its channel since now, or that ends since it can't be shown. */
  live?: Pick<LiveRound, 'id' | 'position' | 'dueAt'> & { isOver?: boolean };
  add?: NewOutboxRow[];
};

/** Records an outcome and all that follows from it; false when somebody else has settled the row. */
export async function settle(
  on: Database,
  tables: Tables,
  settlement: Settlement,
  pause: Pause,
): Promise<boolean> {
  const { post, room, endedPeer, live, add } = settlement;
  const row = await record(on, tables, settlement);
  if (!row) return false;
  if (post && row.postId !== null)
    await changePost(on, tables, row.postId, { change: post, pause });
  if (room?.peerId !== undefined)
    await movePeer(on, tables, {
      id: room.peerId,
      from: 'opening',
      channel: room.channel,
      thread: room.thread,
      state: 'waiting',
      dueAt: room.dueAt ?? null,
    });
  if (endedPeer) await movePeer(on, tables, { ...endedPeer, dueAt: null });
  if (room?.interviewId !== undefined)
    await on
      .update(tables.interviews)
      .set({ channel: room.channel, thread: room.thread, state: 'open' })
      .where(eq(tables.interviews.id, room.interviewId));
  if (live) await moveLiveRound(on, tables, live);
  if (add) await queue(on, tables, add);
  return true;
}

async function record(
  on: Database,
  { outbox }: Tables,
  { id, lease, state, dueAt, untried, message, problem }: Settlement,
): Promise<OutboxRow | undefined> {
  const [row] = await on
    .update(outbox)
    .set({
      state,
      lease: null,
      leaseUntil: null,
      problem: problem ?? null,
      ...(dueAt ? { dueAt } : {}),
      ...untried,
      ...(message ? { message } : {}),
    })
    .where(isLeased(outbox, { id, lease }))
    .returning();
  return row;
}

/** What became of a post; one that was withdrawn meanwhile stays so. */
async function changePost(
  on: Database,
  tables: Tables,
  postId: number,
  { change, pause }: { change: NonNullable<Settlement['post']>; pause: Pause },
): Promise<void> {
  const { posts } = tables;
  const [changed] = await on
    .update(posts)
    .set(change)
    .where(and(eq(posts.id, postId), ne(posts.state, 'withdrawn')))
    .returning({ teamId: posts.teamId });
  if (changed && change.state === 'posted')
    await refreshAfterPost(on, tables, { ...changed, pause });
}

/** A peer interview goes on or ends, unless it has left the state in which the row was written. */
async function movePeer(
  on: Database,
  { peerSessions }: Tables,
  {
    id,
    from,
    ...change
  }: { id: number; from: PeerSession['state'] } & Partial<
    Pick<PeerSession, 'channel' | 'thread' | 'state' | 'dueAt'>
  >,
): Promise<void> {
  await on
    .update(peerSessions)
    .set(change)
    .where(and(eq(peerSessions.id, id), eq(peerSessions.state, from)));
}

/** The time of a question begins, or its round ends, unless the round has moved or is paused. */
async function moveLiveRound(
  on: Database,
  { liveRounds }: Tables,
  { id, position, dueAt, isOver }: NonNullable<Settlement['live']>,
): Promise<void> {
  const isSame = and(
    eq(liveRounds.id, id),
    eq(liveRounds.position, position),
    isNull(liveRounds.endedAt),
  );
  if (isOver)
    await on
      .update(liveRounds)
      .set({ state: 'ended', leftMs: null, dueAt, endedAt: dueAt })
      .where(isSame);
  else
    await on
      .update(liveRounds)
      .set({ dueAt })
      .where(and(isSame, eq(liveRounds.state, 'asking'), isNull(liveRounds.leftMs)));
}
