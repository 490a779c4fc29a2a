import { and, eq, lt, sql } from 'drizzle-orm';
import type { Day } from '../../../core/time.ts';
import type { Connection } from '../../../store/connection.ts';
import type { PathOfPerson } from '../../../store/schema.ts';

/** Learning paths: which one somebody follows, and what a plan for it is made from. */
export function pathQueries({ db, tables, atomic }: Connection) {
  const { learningPaths, cards } = tables;

  return {
    pathOf: async (personId: string): Promise<PathOfPerson | undefined> => {
      const [found] = await db
        .select()
        .from(learningPaths)
        .where(eq(learningPaths.personId, personId));
      return found;
    },

    /** Puts somebody on a path, or changes its date, its minutes or its placement. */
    savePath: (path: PathOfPerson) =>
      atomic(async (on) => {
        await on
          .insert(learningPaths)
          .values(path)
          .onConflictDoUpdate({ target: learningPaths.personId, set: path });
      }),

    leavePath: (personId: string) =>
      atomic(async (on) => {
        await on.delete(learningPaths).where(eq(learningPaths.personId, personId));
      }),

    /** How many cards come back on each day before another one; those of days that are gone keep their day. */
    dueByDay: async (personId: string, before: Day): Promise<Map<Day, number>> => {
      const rows = await db
        .select({ day: cards.dueOn, count: sql`count(*)`.mapWith(Number) })
        .from(cards)
        .where(
          and(eq(cards.personId, personId), eq(cards.state, 'active'), lt(cards.dueOn, before)),
        )
        .groupBy(cards.dueOn);
      return new Map(rows.map(({ day, count }) => [day, count]));
    },
  };
}
