import { and, asc, desc, eq, inArray, lt, ne, sql } from 'drizzle-orm';
import type { Rating } from '../../../core/interview/rating.ts';
import type { Turn } from '../../../core/interview/state.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { type CardChange, cardStepsOn } from '../../../store/queries/card-steps.ts';
import { given } from '../../../store/queries/columns.ts';
import { queue } from '../../../store/queries/queue.ts';
import type { Interview, NewInterview, NewOutboxRow } from '../../../store/schema.ts';

export type StoredTurn = { turn: Turn; at: Date };

export function interviewQueries({ db, tables, atomic, erase }: Connection) {
  const cardSteps = cardStepsOn({ tables });
  const { interviews, turns, personRatings, itemRatings } = tables;
  const idle = prepared((from: Pick<Database, 'select'>) =>
    from
      .select()
      .from(interviews)
      .where(
        and(
          inArray(interviews.state, ['opening', 'open']),
          lt(interviews.touchedAt, given('before', interviews.touchedAt)),
        ),
      )
      .orderBy(asc(interviews.id))
      .prepare(),
  );

  return {
    /**
     * Opens an interview and asks for its room; undefined when this person has one open that has begun. One that has not
     * is gone, and what was to be said of it, unless it is the same one, asked for twice.
     */
    openInterview: (
      interview: NewInterview,
      announce: (id: number) => NewOutboxRow[],
      isSame: (open: Interview) => boolean = () => false,
    ): Promise<Interview | undefined> =>
      atomic(async (on) => {
        const open = await on
          .select()
          .from(interviews)
          .where(and(eq(interviews.personId, interview.personId), ne(interviews.state, 'ended')));
        const old = open.map(({ id }) => id);
        const taken = await on
          .select({ turn: turns.turn })
          .from(turns)
          .where(inArray(turns.interviewId, old));
        if (open.some(isSame) || taken.some(({ turn }) => turn.kind === 'asked')) return undefined;
        await on.delete(interviews).where(inArray(interviews.id, old));
        const [added] = await on.insert(interviews).values(interview).returning();
        if (!added) return undefined;
        await queue(on, tables, announce(added.id));
        return added;
      }),

    interview: async (id: number): Promise<Interview | undefined> => {
      const [found] = await db.select().from(interviews).where(eq(interviews.id, id));
      return found;
    },

    /**
     * Moves an open interview to another place, or to none while its room is gone.
     *
     * @param rows Who is told of it.
     */
    moveInterview: ({
      id,
      to,
      rows = [],
    }: {
      id: number;
      to: { channel: string; thread: string | null; isPrivate: boolean } | undefined;
      rows?: NewOutboxRow[];
    }): Promise<Interview | undefined> =>
      atomic(async (on) => {
        const [open] = await on
          .select()
          .from(interviews)
          .where(and(eq(interviews.id, id), ne(interviews.state, 'ended')));
        if (!open) return undefined;
        const { channel = '', thread = null, isPrivate = true } = to ?? {};
        const [moved] = await on
          .update(interviews)
          .set({
            channel,
            thread,
            plan: { ...open.plan, isPrivate },
            state: to ? 'open' : 'opening',
          })
          .where(eq(interviews.id, id))
          .returning();
        await queue(on, tables, rows);
        return moved;
      }),

    openInterviewOf: async (personId: string): Promise<Interview | undefined> => {
      const [found] = await db
        .select()
        .from(interviews)
        .where(and(eq(interviews.personId, personId), ne(interviews.state, 'ended')))
        .orderBy(desc(interviews.id));
      return found;
    },

    interviewsOf: (personId: string, limit: number): Promise<Interview[]> =>
      Promise.resolve(
        db
          .select()
          .from(interviews)
          .where(eq(interviews.personId, personId))
          .orderBy(desc(interviews.id))
          .limit(limit),
      ),

    turnsOf: (interviewId: number): Promise<StoredTurn[]> =>
      Promise.resolve(
        db
          .select({ turn: turns.turn, at: turns.at })
          .from(turns)
          .where(eq(turns.interviewId, interviewId))
          .orderBy(asc(turns.number)),
      ),

    /** Adds turns after a known one and writes what tells of them; false when somebody else has added turns since. */
    addTurns: ({
      interviewId,
      after,
      list,
      at,
      rows = [],
      score,
    }: {
      interviewId: number;
      after: number;
      list: Turn[];
      at: Date;
      rows?: NewOutboxRow[];
      /** What the turns make of the score of an interview that has ended, in thousandths. */
      score?: number;
    }): Promise<boolean> =>
      atomic(async (on) => {
        const [{ count } = { count: 0 }] = await on
          .select({ count: sql`count(*)`.mapWith(Number) })
          .from(turns)
          .where(eq(turns.interviewId, interviewId));
        if (count !== after) return false;
        await on
          .insert(turns)
          .values(
            list.map((turn, index) => ({ interviewId, number: after + index + 1, turn, at })),
          );
        await on
          .update(interviews)
          .set({ touchedAt: at, score })
          .where(eq(interviews.id, interviewId));
        await queue(on, tables, rows);
        return true;
      }),

    /** Ends an interview once, with its score in thousandths, and writes what tells of it. */
    endInterview: (
      id: number,
      end: {
        score: number | null;
        at: Date;
        rows: NewOutboxRow[];
        /** Key points that were missed, as cards. */
        cards: CardChange[];
      },
    ): Promise<boolean> =>
      atomic(async (on) => {
        const { score, at, rows, cards } = end;
        const ended = await on
          .update(interviews)
          .set({ state: 'ended', endedAt: at, score })
          .where(and(eq(interviews.id, id), ne(interviews.state, 'ended')))
          .returning({ id: interviews.id });
        if (ended.length === 0) return false;
        for (const card of cards) await cardSteps.change(on, card);
        await queue(on, tables, rows);
        return true;
      }),

    /** Interviews in which nothing happened since an instant. */
    idleInterviews: (before: Date): Promise<Interview[]> =>
      Promise.resolve(idle(db).execute({ before })),

    /** @param rows What takes back what was shown of it. */
    deleteInterview: (id: number, personId: string, rows: NewOutboxRow[] = []): Promise<boolean> =>
      erase(async (on) => {
        const gone = await on
          .delete(interviews)
          .where(and(eq(interviews.id, id), eq(interviews.personId, personId)))
          .returning({ id: interviews.id });
        if (gone.length === 1) await queue(on, tables, rows);
        return gone.length === 1;
      }),

    /** Ids of the questions that a person's interviews planned, newest first. */
    recentlyAsked: async (personId: string, limit = 10): Promise<string[]> => {
      const rows = await db
        .select({ plan: interviews.plan })
        .from(interviews)
        .where(eq(interviews.personId, personId))
        .orderBy(desc(interviews.id))
        .limit(limit);
      return rows.flatMap(({ plan }) => plan.questions.map(({ questionId }) => questionId));
    },

    personRating: async (personId: string): Promise<Rating | undefined> => {
      const [row] = await db
        .select()
        .from(personRatings)
        .where(eq(personRatings.personId, personId));
      return row && { value: row.value / 100, results: row.results };
    },

    itemRatingsOf: async (ids: readonly string[]): Promise<Map<string, Rating>> => {
      if (ids.length === 0) return new Map();
      const rows = await db
        .select()
        .from(itemRatings)
        .where(inArray(itemRatings.questionId, [...ids]));
      return new Map(
        rows.map((row) => [row.questionId, { value: row.value / 100, results: row.results }]),
      );
    },

    saveRatings: ({
      personId,
      person,
      items,
    }: {
      personId: string;
      person: Rating;
      items: ReadonlyMap<string, Rating>;
    }) =>
      atomic(async (on) => {
        const stored = ({ value, results }: Rating) => ({
          value: Math.round(value * 100),
          results,
        });
        await on
          .insert(personRatings)
          .values({ personId, ...stored(person) })
          .onConflictDoUpdate({ target: personRatings.personId, set: stored(person) });
        for (const [questionId, rating] of items)
          await on
            .insert(itemRatings)
            .values({ questionId, ...stored(rating) })
            .onConflictDoUpdate({ target: itemRatings.questionId, set: stored(rating) });
      }),
  };
}
