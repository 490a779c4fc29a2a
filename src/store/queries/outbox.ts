import { and, asc, desc, eq, gt, inArray, lte, ne, sql } from 'drizzle-orm';
import { type Connection, type Database, noPause, prepared } from '../connection.ts';
import type { NewOutboxRow, OutboxRow } from '../schema.ts';
import { teamSteps } from '../slices.ts';
import { given } from './columns.ts';
import { queue } from './queue.ts';
import { isLeased, type Leased, type Settlement, settle } from './settling.ts';

export function outboxQueries(connection: Connection) {
  const { db, tables, atomic, claim, earlier } = connection;
  const { outbox } = tables;
  const inTeam = teamSteps(connection);
  const teamOf = (id: number) =>
    db.select({ teamId: outbox.teamId }).from(outbox).where(eq(outbox.id, id));
  const isUnsent = inArray(outbox.state, ['failed', 'lost']);
  type Reader = Pick<Database, 'select'>;
  const firstDue = prepared((from: Reader) =>
    from
      .select({ dueAt: outbox.dueAt })
      .from(outbox)
      .where(eq(outbox.state, 'due'))
      .orderBy(asc(outbox.dueAt))
      .limit(1)
      .prepare(),
  );
  const expired = prepared((from: Reader) =>
    from
      .select()
      .from(outbox)
      .where(
        and(eq(outbox.state, 'sending'), lte(outbox.leaseUntil, given('at', outbox.leaseUntil))),
      )
      .orderBy(asc(outbox.id))
      .prepare(),
  );
  const begin = prepared((on: Database) =>
    on
      .update(outbox)
      .set({
        attempts: sql`${outbox.attempts} + 1`,
        firstTriedAt: sql`coalesce(${outbox.firstTriedAt}, ${given('at', outbox.firstTriedAt)})`,
      })
      .where(
        and(
          isLeased(outbox, { id: sql.placeholder('id'), lease: sql.placeholder('lease') }),
          gt(outbox.leaseUntil, given('at', outbox.leaseUntil)),
        ),
      )
      .returning()
      .prepare(),
  );
  const nextOutgoingAt = async (): Promise<Date | undefined> => {
    const [row] = await firstDue(db).execute();
    return row?.dueAt;
  };

  return {
    /** Rows to be sent by themselves: notices, direct messages. */
    addOutgoing: (rows: NewOutboxRow[]) => atomic((on) => queue(on, tables, rows)),

    /** The rows that show the report of an interview to its channel. */
    sharesOf: (interviewId: number): Promise<OutboxRow[]> =>
      Promise.resolve(
        db
          .select()
          .from(outbox)
          .where(and(eq(outbox.interviewId, interviewId), eq(outbox.what, 'report')))
          .orderBy(asc(outbox.id)),
      ),

    /** The rows that show a person's reports and results to a channel. */
    sharesBy: (personId: string): Promise<OutboxRow[]> =>
      Promise.resolve(
        db
          .select()
          .from(outbox)
          .where(and(eq(outbox.personId, personId), inArray(outbox.what, ['report', 'result'])))
          .orderBy(asc(outbox.id)),
      ),

    /** The row that opens the room of an interview; undefined where it needs none. */
    roomRowOf: async (interviewId: number): Promise<OutboxRow | undefined> => {
      const [row] = await db
        .select()
        .from(outbox)
        .where(and(eq(outbox.interviewId, interviewId), eq(outbox.what, 'room')))
        .orderBy(desc(outbox.id))
        .limit(1);
      return row;
    },

    /**
     * Takes rows that are due; nobody else gets them until the lease is over.
     *
     * @param lease A new token: whoever knows it may send these rows and say how that went.
     */
    leaseDue: async ({
      at,
      lease,
      leaseUntil,
      limit,
    }: {
      at: Date;
      lease: string;
      leaseUntil: Date;
      limit: number;
    }): Promise<OutboxRow[]> => {
      const next = await nextOutgoingAt();
      if (!next || next > at) return [];
      return claim(async (on, free) => {
        const due = await free(
          on
            .select({ id: outbox.id })
            .from(outbox)
            .where(and(eq(outbox.state, 'due'), lte(outbox.dueAt, at)))
            .orderBy(asc(outbox.dueAt), asc(outbox.id))
            .limit(limit),
        );
        if (due.length === 0) return [];
        const ids = due.map(({ id }) => id);
        const rows = await on
          .update(outbox)
          .set({ state: 'sending', lease, leaseUntil })
          .where(inArray(outbox.id, ids))
          .returning();
        return rows.sort((a, b) => a.id - b.id);
      });
    },

    /** Notes that a leased row is sent now, and counts the attempt; undefined when the lease is lost. */
    beginSend: ({ id, lease, at }: Leased & { at: Date }): Promise<OutboxRow | undefined> =>
      atomic(async (on) => {
        const [row] = await begin(on).execute({ id, lease, at });
        return row;
      }),

    /** Rows whose sender went away without a word. */
    expiredLeases: (at: Date): Promise<OutboxRow[]> => Promise.resolve(expired(db).execute({ at })),

    /**
     * The clock was set back: rows that wait fall due as soon as they would have, and what was tried
     * before keeps its age. Leases are moved that end later than any can that is given now.
     */
    moveOutgoingBack: ({ ms, lastLease }: { ms: number; lastLease: Date }) =>
      atomic(async (on) => {
        const firstTriedAt = earlier(outbox.firstTriedAt, ms);
        await on
          .update(outbox)
          .set({ dueAt: earlier(outbox.dueAt, ms), firstTriedAt })
          .where(eq(outbox.state, 'due'));
        await on
          .update(outbox)
          .set({ leaseUntil: earlier(outbox.leaseUntil, ms), firstTriedAt })
          .where(and(eq(outbox.state, 'sending'), gt(outbox.leaseUntil, lastLease)));
      }),

    /** Records an outcome once; false when somebody else has settled the row. */
    settle: (settlement: Settlement): Promise<boolean> =>
      settlement.post?.state === 'posted'
        ? inTeam(teamOf(settlement.id), (on, pause) => settle(on, tables, settlement, pause))
        : atomic((on) => settle(on, tables, settlement, noPause)),

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
    nextOutgoingAt,

    /** What belongs to a post and did not certainly arrive is sent again; false when there is none. */
    resendUnsent: ({ postId, at, mark }: { postId: number; at: Date; mark: string }) =>
      atomic(async (on) => {
        const dropped = await on
          .update(outbox)
          .set({ state: 'dropped' })
          .where(and(eq(outbox.postId, postId), ne(outbox.what, 'notice'), isUnsent))
          .returning();
        await queue(
          on,
          tables,
          dropped.map(({ teamId, personId, fromId, platform, what, outgoing, key }) => ({
            teamId,
            personId,
            fromId,
            platform,
            what,
            postId,
            // A new key: whoever resends the old one is told that it was sent.
            key: `${key}:${mark}`,
            outgoing: { ...outgoing, key: `${key}:${mark}` },
            state: 'due' as const,
            dueAt: at,
            at,
          })),
        );
        return dropped.length > 0;
      }),

    /** Someone saw what belongs to a post and was not confirmed; false when there is none. */
    confirmUnsent: (postId: number) =>
      atomic(async (on) => {
        const seen = await on
          .update(outbox)
          .set({ state: 'sent', problem: null })
          .where(and(eq(outbox.postId, postId), ne(outbox.what, 'notice'), isUnsent))
          .returning({ id: outbox.id });
        return seen.length > 0;
      }),

    /** Messages sent about a post, such as its recap. */
    outgoingOfPost: (postId: number): Promise<OutboxRow[]> =>
      Promise.resolve(
        db.select().from(outbox).where(eq(outbox.postId, postId)).orderBy(asc(outbox.id)),
      ),
  };
}
