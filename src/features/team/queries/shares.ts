import { and, asc, desc, eq, gte, inArray, isNotNull, like, lte } from 'drizzle-orm';
import type { Day } from '../../../core/time.ts';
import type { Connection } from '../../../store/connection.ts';
import { queue } from '../../../store/queries/queue.ts';
import type { LiveRound, NewOutboxRow, OutboxRow } from '../../../store/schema.ts';

/** How a question of a team went for one person on each try; without an answer there's none and `isFreeText` is false. */
export type OwnDay = { day: Day; isClosed: boolean; tries: boolean[]; isFreeText: boolean };

/** Results that people show to their channels. */
export function shareQueries({ db, tables, erase }: Connection) {
  const { attempts, liveAnswers, liveRounds, outbox, posts, freeTextAnswers } = tables;

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

    /** The questions of a team between two days, both included, as one person had them; none from before they joined. */
    ownDays: async (
      teamId: string,
      personId: string,
      { from, until, joinedAt }: { from: Day; until: Day; joinedAt: Date },
    ): Promise<OwnDay[]> => {
      const rows = await db
        .select({
          id: posts.id,
          day: posts.day,
          postedAt: posts.postedAt,
          closedAt: posts.closedAt,
          isRight: attempts.isRight,
          freeText: freeTextAnswers.id,
        })
        .from(posts)
        .leftJoin(attempts, and(eq(attempts.postId, posts.id), eq(attempts.personId, personId)))
        .leftJoin(
          freeTextAnswers,
          and(eq(freeTextAnswers.postId, posts.id), eq(freeTextAnswers.personId, personId)),
        )
        .where(
          and(
            eq(posts.teamId, teamId),
            eq(posts.state, 'posted'),
            gte(posts.day, from),
            lte(posts.day, until),
          ),
        )
        .orderBy(asc(posts.day), asc(posts.id), asc(attempts.try));
      const byPost = new Map<number, OwnDay>();
      for (const { id, day, postedAt, closedAt, isRight, freeText } of rows) {
        const isAnswered = isRight !== null || freeText !== null;
        if (!isAnswered && (postedAt === null || postedAt < joinedAt)) continue;
        const tries = [...(byPost.get(id)?.tries ?? []), ...(isRight === null ? [] : [isRight])];
        byPost.set(id, { day, isClosed: closedAt !== null, tries, isFreeText: freeText !== null });
      }
      return [...byPost.values()];
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
