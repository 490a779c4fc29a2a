import { and, asc, count, desc, eq, gt, gte, inArray, lt, or, sql } from 'drizzle-orm';
import type { StreakEntry } from '../../core/scoring/streak.ts';
import { WINDOW, windowScore } from '../../core/scoring/window.ts';
import { type Connection, type Database, prepared } from '../connection.ts';

export type BoardRow = { personId: string; name: string; quarters: number };
export type Standing = { quarters: number; rank: number; of: number };

export function boardQueries({ db, tables }: Connection) {
  const { standings, people, ledger, posts, attempts, spokenAnswers } = tables;
  type Reader = Pick<Database, 'select'>;
  const teamId = sql.placeholder('teamId');
  const row = { personId: standings.personId, name: people.name, quarters: standings.quarters };
  const shown = and(eq(standings.teamId, teamId), eq(standings.isHidden, false));

  const top = prepared((from: Reader) =>
    from
      .select(row)
      .from(standings)
      .innerJoin(people, eq(people.id, standings.personId))
      .where(shown)
      .orderBy(desc(standings.quarters), asc(standings.personId))
      .limit(sql.placeholder('limit'))
      .prepare(),
  );
  const mine = prepared((from: Reader) =>
    from
      .select({ quarters: standings.quarters, isHidden: standings.isHidden })
      .from(standings)
      .where(and(eq(standings.teamId, teamId), eq(standings.personId, sql.placeholder('personId'))))
      .prepare(),
  );
  const ahead = prepared((from: Reader) =>
    from
      .select({ count: count() })
      .from(standings)
      .where(and(shown, gt(standings.quarters, sql.placeholder('quarters'))))
      .prepare(),
  );
  const everybody = prepared((from: Reader) =>
    from.select({ count: count() }).from(standings).where(shown).prepare(),
  );
  /** Those next to a score, going up or down from it. */
  const near = (up: boolean) =>
    prepared((from: Reader) => {
      const quarters = sql.placeholder('quarters');
      const personId = sql.placeholder('personId');
      const beyond = up
        ? or(
            gt(standings.quarters, quarters),
            and(eq(standings.quarters, quarters), lt(standings.personId, personId)),
          )
        : or(
            lt(standings.quarters, quarters),
            and(eq(standings.quarters, quarters), gt(standings.personId, personId)),
          );
      return from
        .select(row)
        .from(standings)
        .innerJoin(people, eq(people.id, standings.personId))
        .where(and(shown, beyond))
        .orderBy(
          up ? asc(standings.quarters) : desc(standings.quarters),
          up ? desc(standings.personId) : asc(standings.personId),
        )
        .limit(sql.placeholder('limit'))
        .prepare();
    });
  const above = near(true);
  const below = near(false);

  /** Posted questions with points of a team, newest first, up to an instant. */
  const window = (team: string, until?: Date) =>
    db
      .select({ id: posts.id })
      .from(posts)
      .where(
        and(
          eq(posts.teamId, team),
          eq(posts.state, 'posted'),
          eq(posts.isRated, true),
          until ? lt(posts.postedAt, until) : undefined,
        ),
      )
      .orderBy(desc(posts.postedAt), desc(posts.id))
      .limit(WINDOW.questions);

  return {
    /** The first of the board; ties stand in the order of their ids and share a rank. */
    topOf: (team: string, limit: number): Promise<BoardRow[]> =>
      Promise.resolve(top(db).execute({ teamId: team, limit })),

    /** A member's score and rank; undefined before the first answer. A hidden member has a rank too. */
    standing: async (team: string, personId: string): Promise<Standing | undefined> => {
      const [me] = await mine(db).execute({ teamId: team, personId });
      if (!me) return undefined;
      const [first] = await ahead(db).execute({ teamId: team, quarters: me.quarters });
      const [all] = await everybody(db).execute({ teamId: team });
      return {
        quarters: me.quarters,
        rank: (first?.count ?? 0) + 1,
        of: (all?.count ?? 0) + (me.isHidden ? 1 : 0),
      };
    },

    /** The members right above and below a score, best first. */
    neighbors: async (team: string, me: { personId: string; quarters: number }, each: number) => {
      const at = { teamId: team, personId: me.personId, quarters: me.quarters, limit: each };
      const over = await above(db).execute(at);
      const under = await below(db).execute(at);
      return { above: [...over].reverse(), below: under };
    },

    /** Plain sums over the questions that closed in a period. */
    sumsBetween: (team: string, from: Date, until: Date): Promise<BoardRow[]> =>
      Promise.resolve(
        db
          .select({
            personId: ledger.personId,
            name: people.name,
            quarters: sql`sum(${ledger.quarters})`.mapWith(Number),
          })
          .from(ledger)
          .innerJoin(people, eq(people.id, ledger.personId))
          .innerJoin(posts, eq(posts.id, ledger.postId))
          .where(
            and(
              eq(ledger.teamId, team),
              eq(people.isHidden, false),
              eq(posts.state, 'posted'),
              gte(posts.closedAt, from),
              lt(posts.closedAt, until),
            ),
          )
          .groupBy(ledger.personId)
          .orderBy(desc(sql`sum(${ledger.quarters})`), asc(ledger.personId)),
      ),

    /** The rank scores as they stood at the last question before an instant. */
    boardAt: async (team: string, until: Date): Promise<BoardRow[]> => {
      const rows = await db
        .select({
          personId: ledger.personId,
          name: people.name,
          quarters: sql`sum(${ledger.quarters})`.mapWith(Number),
        })
        .from(ledger)
        .innerJoin(people, eq(people.id, ledger.personId))
        .where(
          and(
            eq(ledger.teamId, team),
            eq(people.isHidden, false),
            inArray(ledger.postId, window(team, until)),
          ),
        )
        .groupBy(ledger.personId, ledger.postId);
      const byPerson = new Map<string, { name: string; scores: number[] }>();
      for (const { personId, name, quarters } of rows) {
        const person = byPerson.get(personId) ?? { name, scores: [] };
        person.scores.push(quarters);
        byPerson.set(personId, person);
      }
      return [...byPerson]
        .map(([personId, { name, scores }]) => ({ personId, name, quarters: windowScore(scores) }))
        .sort((a, b) => b.quarters - a.quarters || (a.personId < b.personId ? -1 : 1));
    },

    /** Questions answered, and those right on the first try, for every member. */
    totals: (team: string) =>
      db
        .select({
          personId: attempts.personId,
          name: people.name,
          answered: sql`count(*)`.mapWith(Number),
          firstTry: sql`sum(${attempts.isRight})`.mapWith(Number),
        })
        .from(attempts)
        .innerJoin(posts, eq(posts.id, attempts.postId))
        .innerJoin(people, eq(people.id, attempts.personId))
        .where(
          and(
            eq(posts.teamId, team),
            eq(posts.state, 'posted'),
            eq(attempts.try, 1),
            eq(people.isHidden, false),
          ),
        )
        .groupBy(attempts.personId)
        .orderBy(desc(sql`count(*)`), asc(attempts.personId)),

    /** The window's questions with a person's ledger lines, newest question first. */
    linesInWindow: (team: string, personId: string) =>
      db
        .select({ post: posts, line: ledger, answered: attempts.postId })
        .from(posts)
        .leftJoin(ledger, and(eq(ledger.postId, posts.id), eq(ledger.personId, personId)))
        .leftJoin(
          attempts,
          and(eq(attempts.postId, posts.id), eq(attempts.personId, personId), eq(attempts.try, 1)),
        )
        .where(inArray(posts.id, window(team)))
        .orderBy(desc(posts.postedAt), desc(posts.id), asc(ledger.id)),

    /** What each posted question since an instant was to a person, oldest first. */
    streakEntries: async (team: string, personId: string, since: Date): Promise<StreakEntry[]> => {
      const rows = await db
        .select({
          closedAt: posts.closedAt,
          answered: attempts.postId,
          spoken: spokenAnswers.postId,
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
        .where(and(eq(posts.teamId, team), eq(posts.state, 'posted'), gte(posts.postedAt, since)))
        .orderBy(asc(posts.postedAt), asc(posts.id));
      return rows.map(({ answered, spoken, closedAt }) =>
        answered !== null || spoken !== null ? 'answered' : closedAt ? 'missed' : 'open',
      );
    },

    /** Questions answered and right by chapter is worked out by the caller from these rows. */
    firstTries: (team: string, personId: string) =>
      db
        .select({ question: posts.question, isRight: attempts.isRight })
        .from(attempts)
        .innerJoin(posts, eq(posts.id, attempts.postId))
        .where(and(eq(posts.teamId, team), eq(attempts.personId, personId), eq(attempts.try, 1)))
        .orderBy(asc(posts.id)),
  };
}
