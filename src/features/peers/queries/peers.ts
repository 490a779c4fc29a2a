import { and, asc, desc, eq, gt, inArray, like, lt, or, sql } from 'drizzle-orm';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { given } from '../../../store/queries/columns.ts';
import { queue } from '../../../store/queries/queue.ts';
import type {
  LobbyEntry,
  NewOutboxRow,
  NewPeerSession,
  PeerMark,
  PeerSession,
  PeerState,
} from '../../../store/schema.ts';

export function peerQueries({ db, tables, atomic }: Connection) {
  const { peerSessions, peerMarks, lobby, accounts, people, calibrations, standings, interviews } =
    tables;
  type Reader = Pick<Database, 'select'>;
  const overdue = prepared((from: Reader) =>
    from
      .select()
      .from(peerSessions)
      .where(
        and(
          eq(peerSessions.state, sql.placeholder('state')),
          lt(peerSessions.dueAt, given('at', peerSessions.dueAt)),
        ),
      )
      .orderBy(asc(peerSessions.id))
      .prepare(),
  );
  const unanswered = prepared((from: Reader) =>
    from
      .select()
      .from(peerSessions)
      .where(
        and(
          eq(peerSessions.state, 'invited'),
          lt(peerSessions.createdAt, given('before', peerSessions.createdAt)),
        ),
      )
      .orderBy(asc(peerSessions.id))
      .prepare(),
  );

  return {
    /** Invites somebody, unless one of the two has invited the other: then that stays as it is. */
    invitePeer: (
      invitation: NewPeerSession,
      announce: (id: number) => NewOutboxRow[],
    ): Promise<{ added: PeerSession } | { open: PeerSession } | undefined> =>
      atomic(async (on) => {
        const two = [invitation.firstId, invitation.secondId];
        const [open] = await on
          .select()
          .from(peerSessions)
          .where(
            and(
              eq(peerSessions.state, 'invited'),
              inArray(peerSessions.firstId, two),
              inArray(peerSessions.secondId, two),
            ),
          )
          .orderBy(asc(peerSessions.id));
        if (open) return { open };
        const [added] = await on.insert(peerSessions).values(invitation).returning();
        if (!added) return undefined;
        await queue(on, tables, announce(added.id));
        return { added };
      }),

    peerSession: async (id: number): Promise<PeerSession | undefined> => {
      const [found] = await db.select().from(peerSessions).where(eq(peerSessions.id, id));
      return found;
    },

    /** Moves a session on, once: undefined when it is in none of these states any more. */
    movePeerSession: ({
      id,
      from,
      position,
      set,
      rows = [],
      waiting = [],
    }: {
      id: number;
      from: PeerState[];
      /** Only while this question is asked: a second press changes nothing. */
      position?: number;
      set: Partial<NewPeerSession>;
      rows?: NewOutboxRow[];
      /** Who goes back to the lobby, unless they are there again by themselves. */
      waiting?: LobbyEntry[];
    }): Promise<PeerSession | undefined> =>
      atomic(async (on) => {
        const [moved] = await on
          .update(peerSessions)
          .set(set)
          .where(
            and(
              eq(peerSessions.id, id),
              inArray(peerSessions.state, from),
              position === undefined ? undefined : eq(peerSessions.position, position),
            ),
          )
          .returning();
        if (!moved) return undefined;
        // A room opens for both of them, so neither waits for one any longer.
        if (set.state === 'opening')
          await on.delete(lobby).where(inArray(lobby.personId, [moved.firstId, moved.secondId]));
        await queue(on, tables, rows);
        if (waiting.length > 0) await on.insert(lobby).values(waiting).onConflictDoNothing();
        return moved;
      }),

    /** Sessions in which the time is over for what the two should do: to come, or to send the form. */
    overduePeerSessions: (state: 'waiting' | 'feedback', at: Date): Promise<PeerSession[]> =>
      Promise.resolve(overdue(db).execute({ state, at })),

    /** Invitations from before an instant that have no answer. */
    unansweredInvitations: (before: Date): Promise<PeerSession[]> =>
      Promise.resolve(unanswered(db).execute({ before })),

    /** Invitations that wait for somebody's answer, oldest first, with the name of who invites. */
    invitationsTo: async (personId: string) =>
      await db
        .select({ session: peerSessions, from: people.name })
        .from(peerSessions)
        .innerJoin(people, eq(people.id, peerSessions.firstId))
        .where(and(eq(peerSessions.state, 'invited'), eq(peerSessions.secondId, personId)))
        .orderBy(asc(peerSessions.id)),

    /** Sessions that somebody took part in since an instant, newest first. */
    peerSessionsOf: (personId: string, since: Date): Promise<PeerSession[]> =>
      Promise.resolve(
        db
          .select()
          .from(peerSessions)
          .where(
            and(
              or(eq(peerSessions.firstId, personId), eq(peerSessions.secondId, personId)),
              gt(peerSessions.createdAt, since),
            ),
          )
          .orderBy(desc(peerSessions.id)),
      ),

    /** Keeps a mark or a note; a later one takes its place. */
    markPeer: (mark: PeerMark) =>
      atomic(async (on) => {
        await on
          .insert(peerMarks)
          .values(mark)
          .onConflictDoUpdate({
            target: [
              peerMarks.sessionId,
              peerMarks.personId,
              peerMarks.questionId,
              peerMarks.dimension,
            ],
            set: { mark: mark.mark, note: mark.note, at: mark.at },
          });
      }),

    peerMarksOf: (sessionId: number): Promise<PeerMark[]> =>
      Promise.resolve(
        db
          .select()
          .from(peerMarks)
          .where(eq(peerMarks.sessionId, sessionId))
          .orderBy(asc(peerMarks.personId), asc(peerMarks.questionId), asc(peerMarks.dimension)),
      ),

    /** Accounts on a platform whose owner has this name, for those who type one. */
    accountsNamed: async (platform: string, name: string) => {
      const rows = await db
        .select({ account: accounts.id, personId: people.id, name: people.name })
        .from(accounts)
        .innerJoin(people, eq(people.id, accounts.personId))
        .orderBy(asc(accounts.id));
      const wanted = name.toLowerCase();
      return rows.filter(
        (row) =>
          row.account.startsWith(`${platform}:`) && row.name.toLowerCase().startsWith(wanted),
      );
    },

    /**
     * People whom the bot knows in a team, since they answered, interviewed or were invited there, with their account on
     * a platform; by name.
     */
    teammates: (teamId: string, platform: string) => {
      const inTeam = <T extends typeof standings | typeof interviews>(table: T) =>
        db.select({ id: table.personId }).from(table).where(eq(table.teamId, teamId));
      const inPeers = (side: typeof peerSessions.firstId | typeof peerSessions.secondId) =>
        db.select({ id: side }).from(peerSessions).where(eq(peerSessions.teamId, teamId));
      return db
        .select({
          account: accounts.id,
          personId: people.id,
          name: people.name,
          isHidden: people.isHidden,
        })
        .from(accounts)
        .innerJoin(people, eq(people.id, accounts.personId))
        .where(
          and(
            like(accounts.id, `${platform}:%`),
            or(
              inArray(people.id, inTeam(standings)),
              inArray(people.id, inTeam(interviews)),
              inArray(people.id, inPeers(peerSessions.firstId)),
              inArray(people.id, inPeers(peerSessions.secondId)),
            ),
          ),
        )
        .orderBy(asc(people.name), asc(accounts.id));
    },

    /** Keeps the first grade that somebody gave a sample. */
    calibrate: (given: {
      personId: string;
      sampleId: string;
      given: number;
      reference: number;
      at: Date;
    }) =>
      atomic(async (on) => {
        await on.insert(calibrations).values(given).onConflictDoNothing();
      }),

    calibrationsOf: (personId: string) =>
      db
        .select()
        .from(calibrations)
        .where(eq(calibrations.personId, personId))
        .orderBy(asc(calibrations.at), asc(calibrations.sampleId)),
  };
}
