import { and, type Column, eq, gte, lte, type SQL, type SQLWrapper } from 'drizzle-orm';
import { type Connection, type Gradual, noPause, type Pause } from './connection.ts';

/** People whose rows change in one turn of the event loop: up to 10 ms on SQLite. */
const SLICE = 500;

/** Some people: a condition on the column that holds their ids. */
export type Slice = { people: readonly string[]; isIn(id: Column): SQL | undefined };

/** Everyone in a list, some at a time, with a pause between. The list is in the database's own order. */
export async function* slicesOf(people: readonly string[], pause: Pause): AsyncGenerator<Slice> {
  for (let from = 0; from < people.length; from += SLICE) {
    if (from > 0) await pause();
    const slice = people.slice(from, from + SLICE);
    const [first = '', last = ''] = [slice[0], slice.at(-1)];
    yield { people: slice, isIn: (id) => and(gte(id, first), lte(id, last)) };
  }
}

/**
 * Runs steps that change something for everyone in a team: in slices where there are many of them.
 * The team is named by its id, or by a query for it.
 */
export function teamSteps({ db, tables: { standings }, atomic, gradual }: Connection) {
  return async <T>(teamId: string | SQLWrapper, work: Gradual<T>): Promise<T> => {
    const [beyond] = await db
      .select({ personId: standings.personId })
      .from(standings)
      .where(eq(standings.teamId, teamId))
      .limit(1)
      .offset(SLICE);
    return beyond ? gradual(work) : atomic((on) => work(on, noPause));
  };
}
