import { setImmediate as nextTurn } from 'node:timers/promises';
import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { isScored } from '../../../core/questions/check-answer.ts';
import type { Connection } from '../../../store/connection.ts';
import type { Post } from '../../../store/schema.ts';

/** What a team's answers say of an item. */
export function itemAnswerQueries({ db, tables }: Connection) {
  const { posts, attempts, unranked, cardSteps, practices } = tables;

  const knewIt = and(
    eq(unranked.questionId, posts.questionId),
    eq(unranked.personId, attempts.personId),
  );
  const isFirstAnswer = (postId: number) =>
    and(eq(attempts.postId, postId), eq(attempts.try, 1), isNull(unranked.personId));
  const isClosed = (teamId: string) =>
    and(eq(posts.teamId, teamId), eq(posts.state, 'posted'), isNotNull(posts.closedAt));

  /** The newest first. */
  const closedPosts = async (teamId: string) => {
    const rows = await db
      .select({ id: posts.id })
      .from(posts)
      .where(isClosed(teamId))
      .orderBy(desc(posts.id));
    return rows.map(({ id }) => id);
  };

  return {
    /** The last time that a team was asked an item. */
    latestPostOf: async (teamId: string, questionId: string): Promise<Post | undefined> => {
      const [found] = await db
        .select()
        .from(posts)
        .where(
          and(
            eq(posts.teamId, teamId),
            eq(posts.questionId, questionId),
            inArray(posts.state, ['posted', 'withdrawn']),
          ),
        )
        .orderBy(desc(posts.id))
        .limit(1);
      return found;
    },

    /** The items of a team's closed questions with points, newest first. */
    closedQuestions: async (teamId: string) => {
      const rows = await db
        .select({ postId: posts.id, question: posts.question })
        .from(posts)
        .where(and(isClosed(teamId), isNotNull(posts.question)))
        .orderBy(desc(posts.id));
      return rows.flatMap(({ postId, question }) =>
        question && isScored(question) ? [{ postId, question }] : [],
      );
    },

    /**
     * First answers to a team's closed questions by those who did not know the answer before. They are counted post by post,
     * and all else goes on between two of them: what is closed changes only by a correction.
     */
    firstAnswersOf: async (teamId: string) => {
      const all = [];
      for (const postId of await closedPosts(teamId)) {
        await nextTurn();
        const { answer, isRight } = attempts;
        const tallies = await db
          .select({ answer, isRight, count: sql`count(*)`.mapWith(Number) })
          .from(attempts)
          .innerJoin(posts, eq(posts.id, attempts.postId))
          .leftJoin(unranked, knewIt)
          .where(isFirstAnswer(postId))
          .groupBy(answer, isRight)
          .orderBy(asc(answer));
        all.push(...tallies.map((tally) => ({ ...tally, postId })));
      }
      return all;
    },

    /** The same one by one, those to the newest posts first: who answered says how hard a question is. */
    firstAnswersByPerson: async (teamId: string, limit: number) => {
      const all = [];
      for (const postId of await closedPosts(teamId)) {
        if (all.length >= limit) break;
        await nextTurn();
        const { personId, isRight, at } = attempts;
        const answers = await db
          .select({ postId: attempts.postId, personId, isRight, at })
          .from(attempts)
          .innerJoin(posts, eq(posts.id, attempts.postId))
          .leftJoin(unranked, knewIt)
          .where(isFirstAnswer(postId))
          .orderBy(asc(personId))
          .limit(limit - all.length);
        all.push(...answers);
      }
      return all;
    },

    /**
     * The first answer to each card of those who practice in a team, if they gave it there and did not know it before;
     * newest first. With help or after a wrong try it does not count as right.
     */
    firstPracticeAnswers: async (teamId: string, limit: number) => {
      const first = db
        .select({ id: sql`min(${cardSteps.id})`.as('id') })
        .from(cardSteps)
        .where(
          and(
            inArray(
              cardSteps.personId,
              db
                .selectDistinct({ personId: practices.personId })
                .from(practices)
                .where(eq(practices.teamId, teamId)),
            ),
            isNotNull(cardSteps.share),
          ),
        )
        .groupBy(cardSteps.personId, cardSteps.card);
      const rows = await db
        .select({
          card: cardSteps.card,
          personId: cardSteps.personId,
          what: cardSteps.what,
          at: cardSteps.at,
        })
        .from(cardSteps)
        .leftJoin(
          unranked,
          and(eq(unranked.questionId, cardSteps.card), eq(unranked.personId, cardSteps.personId)),
        )
        .where(
          and(
            inArray(cardSteps.id, first),
            sql`${cardSteps.key} not like 'post %'`,
            isNull(unranked.personId),
          ),
        )
        .orderBy(desc(cardSteps.id))
        .limit(limit);
      return rows.map(({ what, ...row }) => ({
        ...row,
        isRight: what === 'good' || what === 'easy',
      }));
    },
  };
}
