import { and, asc, desc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm';
import { isScored } from '../../core/questions/check-answer.ts';
import type { Connection } from '../connection.ts';
import type { Post } from '../schema.ts';

/** What a team's answers say of an item. */
export function itemAnswerQueries({ db, tables }: Connection) {
  const { posts, attempts, unranked } = tables;

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
        .where(
          and(
            eq(posts.teamId, teamId),
            eq(posts.state, 'posted'),
            isNotNull(posts.closedAt),
            isNotNull(posts.question),
          ),
        )
        .orderBy(desc(posts.id));
      return rows.flatMap(({ postId, question }) =>
        question && isScored(question) ? [{ postId, question }] : [],
      );
    },

    /** First answers to a team's closed questions by those who did not know the answer before. */
    firstAnswersOf: (teamId: string) =>
      db
        .select({
          postId: attempts.postId,
          answer: attempts.answer,
          isRight: attempts.isRight,
          count: sql`count(*)`.mapWith(Number),
        })
        .from(attempts)
        .innerJoin(posts, eq(posts.id, attempts.postId))
        .leftJoin(
          unranked,
          and(eq(unranked.questionId, posts.questionId), eq(unranked.personId, attempts.personId)),
        )
        .where(
          and(
            eq(posts.teamId, teamId),
            eq(posts.state, 'posted'),
            isNotNull(posts.closedAt),
            eq(attempts.try, 1),
            isNull(unranked.personId),
          ),
        )
        .groupBy(attempts.postId, attempts.answer, attempts.isRight)
        .orderBy(asc(attempts.postId), asc(attempts.answer)),
  };
}
