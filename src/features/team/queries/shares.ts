import { and, asc, desc, eq, gte, inArray, isNotNull, like, lte } from 'drizzle-orm';
import type { Day } from '../../../core/time.ts';
import type { Connection } from '../../../store/connection.ts';
import { queue } from '../../../store/queries/queue.ts';
import type { LiveRound, NewOutboxRow, OutboxRow } from '../../../store/schema.ts';

/** How a question of a team went for one person; without an answer `isRight` is null and `isSpoken` false. */
export type OwnDay = { day: Day; isClosed: boolean; isRight: boolean | null; isSpoken: boolean };

/** Results that people show to their channels. */
export function shareQueries({ db, tables, erase }: Connection) {
  const { attempts, liveAnswers, liveRounds, outbox, posts, spokenAnswers } = tables;

  return {
    /** A person's rows whose keys begin so: those of one card, also after it was taken back. */
    rowsBeginning: (personId: string, key: string): Promise<OutboxRow[]> =>
      Promise.resolve(
        db
          .select()
          .from(outbox)
          .where(and(eq(outbox.personId, personId), like(outbox.key, `${key}%`)))
          .orderBy(asc(outbox.id)),
      ),

    /** Takes a shown card back: its words are gone, and the row may be swept. */
    takeBackShare: (row: OutboxRow, rows: NewOutboxRow[]): Promise<void> =>
      erase(async (on) => {
        const { id, outgoing } = row;
        if (outgoing.kind !== 'post') return;
        const reply = { blocks: [] };
        await on
          .update(outbox)
          .set({ state: 'dropped', what: 'closing', outgoing: { ...outgoing, reply } })
          .where(and(eq(outbox.id, id), inArray(outbox.state, ['due', 'sent', 'lost'])));
        await queue(on, tables, rows);
      }),

    /** The questions of a team between two days, both included, as one person had them. */
    ownDays: async (
      teamId: string,
      personId: string,
      { from, until }: { from: Day; until: Day },
    ): Promise<OwnDay[]> => {
      const rows = await db
        .select({
          day: posts.day,
          closedAt: posts.closedAt,
          isRight: attempts.isRight,
          spoken: spokenAnswers.id,
        })
        .from(posts)
        .leftJoin(
          attempts,
          and(eq(attempts.postId, posts.id), eq(attempts.personId, personId), eq(attempts.try, 1)),
        )
        .leftJoin(
          spokenAnswers,
          and(eq(spokenAnswers.postId, posts.id), eq(spokenAnswers.personId, personId)),
        )
        .where(
          and(
            eq(posts.teamId, teamId),
            eq(posts.state, 'posted'),
            gte(posts.day, from),
            lte(posts.day, until),
          ),
        )
        .orderBy(asc(posts.day), asc(posts.id));
      return rows.map(({ day, closedAt, isRight, spoken }) => ({
        day,
        isClosed: closedAt !== null,
        isRight,
        isSpoken: spoken !== null,
      }));
    },

    /** The live round of a team that ended last among those in which a person answered. */
    lastLiveOf: async (teamId: string, personId: string): Promise<LiveRound | undefined> => {
      const [found] = await db
        .select({ round: liveRounds })
        .from(liveRounds)
        .innerJoin(
          liveAnswers,
          and(eq(liveAnswers.roundId, liveRounds.id), eq(liveAnswers.personId, personId)),
        )
        .where(and(eq(liveRounds.teamId, teamId), isNotNull(liveRounds.endedAt)))
        .orderBy(desc(liveRounds.endedAt))
        .limit(1);
      return found?.round;
    },
  };
}
