import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  and,
  asc,
  count,
  countDistinct,
  desc,
  eq,
  gt,
  inArray,
  isNotNull,
  lte,
  type SQL,
  sql,
} from 'drizzle-orm';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { countOf, given } from '../../../store/queries/columns.ts';
import { queue } from '../../../store/queries/queue.ts';
import { answeredBy } from '../../../store/queries/score.ts';
import type { Digest, DigestKind, NewOutboxRow, Post } from '../../../store/schema.ts';
import { type Slice, slicesOf } from '../../../store/slices.ts';

/** A question that closed, and how its first tries went. */
export type ClosedQuestion = Pick<Post, 'id' | 'question' | 'chapter' | 'isRated'> & {
  answered: number;
  right: number;
};

/** First tries on the questions of a chapter that closed in a week; week 0 is the last one. */
export type ChapterWeek = {
  chapter: number | null;
  week: number;
  people: number;
  answered: number;
  right: number;
};

const WEEK_MS = 7 * 24 * 3_600_000;

/** What a team has posted to its channel by itself, and what stands in it. */
export function digestQueries({ db, tables, atomic }: Connection) {
  const { attempts, digests, people, posts, reminders, freeTextAnswers } = tables;
  type Reader = Pick<Database, 'select'>;
  const due = prepared((from: Reader) =>
    from
      .select()
      .from(digests)
      .where(lte(digests.nextDueAt, given('at', digests.nextDueAt)))
      .orderBy(asc(digests.nextDueAt), asc(digests.teamId))
      .limit(sql.placeholder('limit'))
      .prepare(),
  );
  const nextDigest = prepared((from: Reader) =>
    from
      .select({ at: digests.nextDueAt })
      .from(digests)
      .orderBy(asc(digests.nextDueAt))
      .limit(1)
      .prepare(),
  );
  const nextReminder = prepared((from: Reader) =>
    from
      .select({ at: reminders.nextDueAt })
      .from(reminders)
      .where(isNotNull(reminders.nextDueAt))
      .orderBy(asc(reminders.nextDueAt))
      .limit(1)
      .prepare(),
  );
  const isThis = (teamId: string, what: DigestKind) =>
    and(eq(digests.teamId, teamId), eq(digests.what, what));
  const closedIn = (teamId: string, { after, until }: { after: Date; until: Date }) =>
    and(
      eq(posts.teamId, teamId),
      eq(posts.state, 'posted'),
      gt(posts.closedAt, after),
      lte(posts.closedAt, until),
    );

  /** Those among some people who answered each of some questions. */
  function answeredEach(postIds: readonly number[], isIn: Slice['isIn']) {
    const inWords = db
      .select({ postId: freeTextAnswers.postId, personId: freeTextAnswers.personId })
      .from(freeTextAnswers)
      .where(and(inArray(freeTextAnswers.postId, [...postIds]), isIn(freeTextAnswers.personId)));
    const given = db
      .select({ postId: attempts.postId, personId: attempts.personId })
      .from(attempts)
      .where(
        and(inArray(attempts.postId, [...postIds]), eq(attempts.try, 1), isIn(attempts.personId)),
      )
      .unionAll(inWords)
      .as('given');
    return db
      .select({ name: people.name })
      .from(given)
      .innerJoin(people, eq(people.id, given.personId))
      .where(eq(people.isHidden, false))
      .groupBy(people.id)
      .having(sql`count(*) = ${postIds.length}`);
  }

  return {
    digestOf: async (teamId: string, what: DigestKind): Promise<Digest | undefined> => {
      const [found] = await db.select().from(digests).where(isThis(teamId, what));
      return found;
    },

    setDigest: (digest: Digest) =>
      atomic(async (on) => {
        await on
          .insert(digests)
          .values(digest)
          .onConflictDoUpdate({ target: [digests.teamId, digests.what], set: digest });
      }),

    removeDigest: (teamId: string, what: DigestKind) =>
      atomic(async (on) => {
        await on.delete(digests).where(isThis(teamId, what));
      }),

    /** The longest due first. */
    dueDigests: (at: Date, limit: number): Promise<Digest[]> =>
      Promise.resolve(due(db).execute({ at, limit })),

    /** When the next digest or reminder falls due; undefined when none is on. */
    nextPlannedAt: async (): Promise<Date | undefined> => {
      const [digest] = await nextDigest(db).execute();
      const [reminder] = await nextReminder(db).execute();
      const [first] = [digest?.at, reminder?.at]
        .filter((at) => at instanceof Date)
        .sort((one, other) => one.getTime() - other.getTime());
      return first;
    },

    /** Notes when one falls due next and writes its message; nothing when somebody else did. */
    planDigest: (
      { teamId, what, nextDueAt }: Digest,
      next: Date,
      rows: NewOutboxRow[],
    ): Promise<void> =>
      atomic(async (on) => {
        const changed = await on
          .update(digests)
          .set({ nextDueAt: next })
          .where(and(isThis(teamId, what), eq(digests.nextDueAt, nextDueAt)))
          .returning({ teamId: digests.teamId });
        if (changed.length > 0) await queue(on, tables, rows);
      }),

    /** The questions of a team that closed between two instants, the last one first; all else goes on between them. */
    closedBetween: async (
      teamId: string,
      between: { after: Date; until: Date },
    ): Promise<ClosedQuestion[]> => {
      const closed = await db
        .select({
          id: posts.id,
          question: posts.question,
          chapter: posts.chapter,
          isRated: posts.isRated,
        })
        .from(posts)
        .where(closedIn(teamId, between))
        .orderBy(desc(posts.closedAt), desc(posts.id));
      const all: ClosedQuestion[] = [];
      for (const post of closed) {
        await nextTurn();
        const [counts] = await db
          .select({ answered: count(), right: countOf(attempts.isRight) })
          .from(attempts)
          .where(and(eq(attempts.postId, post.id), eq(attempts.try, 1)));
        all.push({ ...post, answered: counts?.answered ?? 0, right: counts?.right ?? 0 });
      }
      return all;
    },

    /** Who answered each of some questions, in points or in words, and is not hidden; by name. */
    answeredAll: async (postIds: readonly number[]): Promise<{ name: string }[]> => {
      const [first] = postIds;
      if (first === undefined) return [];
      const all: { name: string }[] = [];
      for await (const { isIn } of slicesOf(await answeredBy(db, tables, first), () => nextTurn()))
        all.push(...(await answeredEach(postIds, isIn)));
      return all.sort((one, other) => (one.name < other.name ? -1 : 1));
    },

    /** First tries by chapter and week before an instant; chapters are null where all of them count together. */
    chapterWeeks: async (teamId: string, weeks: number, until: Date): Promise<ChapterWeek[]> => {
      const counts = {
        people: countDistinct(attempts.personId),
        answered: count(),
        right: countOf(attempts.isRight),
      };
      const from = (chapter: typeof posts.chapter | SQL<null>, week: number) =>
        db
          .select({ chapter: sql<number | null>`${chapter}`.mapWith(Number), ...counts })
          .from(posts)
          .innerJoin(attempts, and(eq(attempts.postId, posts.id), eq(attempts.try, 1)))
          .where(closedIn(teamId, { after: before(week + 1), until: before(week) }));
      const before = (week: number) => new Date(until.getTime() - week * WEEK_MS);
      const found: ChapterWeek[] = [];
      for (let week = 0; week < weeks; week += 1)
        for (const rows of [
          () => from(posts.chapter, week).groupBy(posts.chapter),
          () => from(sql<null>`null`, week),
        ]) {
          await nextTurn();
          for (const row of await rows()) if (row.answered > 0) found.push({ ...row, week });
        }
      return found;
    },
  };
}
