import { and, asc, desc, eq, gt, inArray, lte, ne, sql } from 'drizzle-orm';
import type { Connection, Database } from '../connection.ts';
import type { NewOutboxRow, OutboxRow, OutboxState, Post } from '../schema.ts';
import { refreshAfterPost } from './standings.ts';

/** How an attempt to send ended, and what follows from it in the same step. */
export type Settlement = {
  id: number;
  state: OutboxState;
  at: Date;
  /** When a row that goes back to `due` is tried again. */
  dueAt?: Date;
  /** Of a row that has certainly not been sent: how many attempts count, and that none may be seen. */
  untried?: { attempts: number; firstTriedAt: null };
  message?: string;
  problem?: string;
  /** Changes to the post that the row is about. */
  post?: Partial<
    Pick<Post, 'state' | 'message' | 'channel' | 'thread' | 'postedAt' | 'closesAt' | 'problem'>
  >;
  /** The room of the interview that the row opens. */
  room?: { interviewId?: number; peerId?: number; channel: string; thread: string; dueAt?: Date };
  /** The peer interview that has no room and so does not take place. */
  cancelledPeerId?: number;
  add?: NewOutboxRow[];
};

/** Writes rows to be sent in the same step as what they announce; one whose key is there stays. */
export async function queue(
  on: Database,
  { outbox }: Pick<Connection['tables'], 'outbox'>,
  rows: NewOutboxRow[],
): Promise<void> {
  if (rows.length > 0) await on.insert(outbox).values(rows).onConflictDoNothing();
}

export function outboxQueries({ db, tables, atomic }: Connection) {
  const { outbox, posts } = tables;

  return {
    /** Rows to be sent by themselves: notices, direct messages. */
    addOutgoing: (rows: NewOutboxRow[]) => atomic((on) => queue(on, tables, rows)),

    /** Takes rows that are due; nobody else gets them until the lease is over. */
    leaseDue: ({
      at,
      leaseUntil,
      limit,
    }: {
      at: Date;
      leaseUntil: Date;
      limit: number;
    }): Promise<OutboxRow[]> =>
      atomic(async (on) => {
        const due = on
          .select({ id: outbox.id })
          .from(outbox)
          .where(and(eq(outbox.state, 'due'), lte(outbox.dueAt, at)))
          .orderBy(asc(outbox.dueAt), asc(outbox.id))
          .limit(limit);
        const rows = await on
          .update(outbox)
          .set({ state: 'sending', leaseUntil })
          .where(inArray(outbox.id, due))
          .returning();
        return rows.sort((a, b) => a.id - b.id);
      }),

    /** Notes that a leased row is sent now, and counts the attempt; undefined when the lease is lost. */
    beginSend: ({ id, at }: { id: number; at: Date }): Promise<OutboxRow | undefined> =>
      atomic(async (on) => {
        const [row] = await on
          .update(outbox)
          .set({
            attempts: sql`${outbox.attempts} + 1`,
            firstTriedAt: sql`coalesce(${outbox.firstTriedAt}, ${at.getTime()})`,
          })
          .where(and(eq(outbox.id, id), eq(outbox.state, 'sending'), gt(outbox.leaseUntil, at)))
          .returning();
        return row;
      }),

    /** Rows whose sender went away without a word. */
    expiredLeases: (at: Date): Promise<OutboxRow[]> =>
      Promise.resolve(
        db
          .select()
          .from(outbox)
          .where(and(eq(outbox.state, 'sending'), lte(outbox.leaseUntil, at)))
          .orderBy(asc(outbox.id)),
      ),

    /** Records an outcome once; false when somebody else has settled the row. */
    settle: (settlement: Settlement): Promise<boolean> =>
      atomic(async (on) => {
        const { id, state, dueAt, untried, message, problem, post, room, add, cancelledPeerId } =
          settlement;
        const [row] = await on
          .update(outbox)
          .set({
            state,
            leaseUntil: null,
            problem: problem ?? null,
            ...(dueAt ? { dueAt } : {}),
            ...untried,
            ...(message ? { message } : {}),
          })
          .where(and(eq(outbox.id, id), eq(outbox.state, 'sending')))
          .returning();
        if (!row) return false;
        if (post && row.postId !== null) {
          const [changed] = await on
            .update(posts)
            .set(post)
            .where(and(eq(posts.id, row.postId), ne(posts.state, 'withdrawn')))
            .returning({ teamId: posts.teamId });
          if (changed && post.state === 'posted')
            await refreshAfterPost(on, tables, changed.teamId);
        }
        if (room?.peerId !== undefined)
          await on
            .update(tables.peerSessions)
            .set({
              channel: room.channel,
              thread: room.thread,
              state: 'waiting',
              dueAt: room.dueAt ?? null,
            })
            .where(
              and(
                eq(tables.peerSessions.id, room.peerId),
                eq(tables.peerSessions.state, 'opening'),
              ),
            );
        if (cancelledPeerId !== undefined)
          await on
            .update(tables.peerSessions)
            .set({ state: 'missed', dueAt: null })
            .where(
              and(
                eq(tables.peerSessions.id, cancelledPeerId),
                eq(tables.peerSessions.state, 'opening'),
              ),
            );
        if (room?.interviewId !== undefined)
          await on
            .update(tables.interviews)
            .set({ channel: room.channel, thread: room.thread, state: 'open' })
            .where(eq(tables.interviews.id, room.interviewId));
        if (add) await queue(on, tables, add);
        return true;
      }),

    /** The newest failures of a team. */
    recentProblems: (teamId: string, limit: number): Promise<OutboxRow[]> =>
      Promise.resolve(
        db
          .select()
          .from(outbox)
          .where(and(eq(outbox.teamId, teamId), inArray(outbox.state, ['failed', 'lost'])))
          .orderBy(desc(outbox.id))
          .limit(limit),
      ),

    /** When the next row falls due; undefined when nothing waits. */
    nextOutgoingAt: async (): Promise<Date | undefined> => {
      const [row] = await db
        .select({ dueAt: outbox.dueAt })
        .from(outbox)
        .where(eq(outbox.state, 'due'))
        .orderBy(asc(outbox.dueAt))
        .limit(1);
      return row?.dueAt;
    },

    /** Messages sent about a post, such as its recap. */
    outgoingOfPost: (postId: number): Promise<OutboxRow[]> =>
      Promise.resolve(
        db.select().from(outbox).where(eq(outbox.postId, postId)).orderBy(asc(outbox.id)),
      ),
  };
}
