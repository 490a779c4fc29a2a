import { and, eq, sql } from 'drizzle-orm';
import type { Connection } from '../connection.ts';

/** Questions that people keep to see again. */
export function reviewQueries({ db, tables: { reviews }, atomic }: Connection) {
  return {
    /** Keeps a question; once more changes nothing. */
    keepForReview: (personId: string, questionId: string, at: Date) =>
      atomic(async (on) => {
        await on.insert(reviews).values({ personId, questionId, at }).onConflictDoNothing();
      }),

    dropReview: (personId: string, questionId: string) =>
      atomic(async (on) => {
        await on
          .delete(reviews)
          .where(and(eq(reviews.personId, personId), eq(reviews.questionId, questionId)));
      }),

    /** How many questions a person keeps. */
    reviewCount: async (personId: string): Promise<number> => {
      const [row] = await db
        .select({ count: sql`count(*)`.mapWith(Number) })
        .from(reviews)
        .where(eq(reviews.personId, personId));
      return row?.count ?? 0;
    },
  };
}
