import { and, asc, count, desc, eq, gt, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { StreakEntry } from '../../../core/scoring/streak.ts';
import { rankAll, WINDOW } from '../../../core/scoring/window.ts';
import type { Period } from '../../../core/time.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { countOf, emptyFirst, given } from '../../../store/queries/columns.ts';

export type BoardRow = { personId: string; name: string; quarters: number };
export type Ranked = BoardRow & { rank: number };
export type Standing = { quarters: number; rank: number; of: number };

/** Whose row stands at the end of a board when it is not among the first. */
type Shown = { limit: number; personId: string };

export function boardQueries({ db, tables }: Connection) {
  const { standings, sums, people, ledger, posts, attempts, freeTextAnswers } = tables;
  type Reader = Pick<Database, 'select'>;
  const teamId = sql.placeholder('teamId');
  const personId = sql.placeholder('personId');
  const quarters = sql.placeholder('quarters');
  const limit = sql.placeholder('limit');
  const row = { personId: standings.personId, name: people.name, quarters: standings.quarters };
  const shown = and(eq(standings.teamId, teamId), eq(standings.isHidden, false));
  const isMine = and(eq(standings.teamId, teamId), eq(standings.personId, personId));

  const top = prepared((from: Reader) =>
    from
      .select(row)
      .from(standings)
      .innerJoin(people, eq(people.id, standings.personId))
      .where(shown)
      .orderBy(desc(standings.quarters), asc(standings.personId))
      .limit(limit)
      .prepare(),
  );
  const others = sql`select count(*) from ${standings} as others where others.team_id = ${standings.teamId} and others.is_hidden = ${sql.param(false, standings.isHidden)}`;
  const ahead = sql`(${others} and others.quarters > ${standings.quarters})`;
  const myRow = { ...row, isHidden: standings.isHidden, rank: sql`1 + ${ahead}`.mapWith(Number) };
  const mine = prepared((from: Reader) =>
    from
      .select(myRow)
      .from(standings)
      .innerJoin(people, eq(people.id, standings.personId))
      .where(isMine)
      .prepare(),
  );
  const mineOfAll = prepared((from: Reader) =>
    from
      .select({ ...myRow, of: sql`(${others})`.mapWith(Number) })
      .from(standings)
      .innerJoin(people, eq(people.id, standings.personId))
      .where(isMine)
      .prepare(),
  );
  /** Those next to a score, up and down from it: those who have the same, and the others. */
  const near = prepared((from: Reader) => {
    const beside = (name: string, up: boolean, which: SQL) => {
      const [order, orderOfIds] = up ? [asc, desc] : [desc, asc];
      return from
        .select(row)
        .from(standings)
        .innerJoin(people, eq(people.id, standings.personId))
        .where(and(shown, which))
        .orderBy(order(standings.quarters), orderOfIds(standings.personId))
        .limit(limit)
        .as(name);
    };
    const isTied = eq(standings.quarters, quarters);
    const [above, tiedAbove, tiedBelow, below] = [
      beside('above', true, gt(standings.quarters, quarters)),
      beside('tied_above', true, sql`${isTied} and ${lt(standings.personId, personId)}`),
      beside('tied_below', false, sql`${isTied} and ${gt(standings.personId, personId)}`),
      beside('below', false, lt(standings.quarters, quarters)),
    ] as const;
    const all = (part: typeof above) => from.select().from(part);
    // Each part walks no more of the index than it shows, however many have the same score.
    return all(above)
      .unionAll(all(tiedAbove))
      .unionAll(all(tiedBelow))
      .unionAll(all(below))
      .prepare();
  });

  const sumRow = { personId: sums.personId, name: people.name, quarters: sums.quarters };
  const shownSums = and(
    eq(sums.teamId, teamId),
    eq(sums.period, sql.placeholder('period')),
    eq(sums.startsOn, sql.placeholder('startsOn')),
    eq(sums.chapter, sql.placeholder('chapter')),
    eq(sums.isHidden, false),
  );
  const topSums = prepared((from: Reader) =>
    from
      .select(sumRow)
      .from(sums)
      .innerJoin(people, eq(people.id, sums.personId))
      .where(shownSums)
      .orderBy(desc(sums.quarters), asc(sums.personId))
      .limit(limit)
      .prepare(),
  );
  const mySum = prepared((from: Reader) =>
    from
      .select(sumRow)
      .from(sums)
      .innerJoin(people, eq(people.id, sums.personId))
      .where(and(shownSums, eq(sums.personId, personId)))
      .prepare(),
  );
  const aheadInSums = prepared((from: Reader) =>
    from
      .select({ count: count() })
      .from(sums)
      .where(and(shownSums, gt(sums.quarters, quarters)))
      .prepare(),
  );

  const totalsRow = {
    personId: standings.personId,
    name: people.name,
    answered: standings.answered,
    firstTry: standings.firstTry,
  };
  const someTotals = and(shown, gt(standings.answered, 0));
  const topTotals = prepared((from: Reader) =>
    from
      .select(totalsRow)
      .from(standings)
      .innerJoin(people, eq(people.id, standings.personId))
      .where(someTotals)
      .orderBy(desc(standings.answered), asc(standings.personId))
      .limit(limit)
      .prepare(),
  );
  const myTotals = prepared((from: Reader) =>
    from
      .select(totalsRow)
      .from(standings)
      .innerJoin(people, eq(people.id, standings.personId))
      .where(and(someTotals, eq(standings.personId, personId)))
      .prepare(),
  );

  /** Rated questions that count, newest first. */
  const window = (from: Reader) =>
    from
      .select({ id: posts.id })
      .from(posts)
      .where(and(eq(posts.teamId, teamId), eq(posts.state, 'posted'), eq(posts.isRated, true)))
      .orderBy(desc(posts.postedAt), desc(posts.id))
      .limit(WINDOW.questions);
  const lines = prepared((from: Reader) =>
    from
      .select({ post: posts, line: ledger, answered: attempts.postId })
      .from(posts)
      .leftJoin(
        ledger,
        and(eq(ledger.teamId, teamId), eq(ledger.personId, personId), eq(ledger.postId, posts.id)),
      )
      .leftJoin(
        attempts,
        and(eq(attempts.postId, posts.id), eq(attempts.personId, personId), eq(attempts.try, 1)),
      )
      .where(inArray(posts.id, window(from)))
      .orderBy(desc(posts.postedAt), desc(posts.id), asc(ledger.id))
      .prepare(),
  );
  const entries = prepared((from: Reader) => {
    const tried = from
      .select({ id: attempts.postId })
      .from(attempts)
      .where(and(eq(attempts.personId, personId), eq(attempts.try, 1)));
    const freeText = from
      .select({ id: freeTextAnswers.postId })
      .from(freeTextAnswers)
      .where(eq(freeTextAnswers.personId, personId));
    const isAnswered = sql`(${posts.id} in ${tried} or ${posts.id} in ${freeText})`;
    return from
      .select({
        isClosed: sql`${posts.closedAt} is not null`.mapWith(Boolean),
        isAnswered: isAnswered.mapWith(Boolean),
      })
      .from(posts)
      .where(
        and(
          eq(posts.teamId, teamId),
          eq(posts.state, 'posted'),
          // A first press answers a post that was there before the person was.
          or(gte(posts.postedAt, given('since', posts.postedAt)), isAnswered),
        ),
      )
      .orderBy(asc(posts.postedAt), asc(posts.id))
      .prepare();
  });
  const tries = prepared((from: Reader) =>
    from
      .select({
        chapter: posts.chapter,
        answered: count(),
        right: countOf(attempts.isRight),
      })
      .from(attempts)
      .innerJoin(posts, eq(posts.id, attempts.postId))
      .where(and(eq(attempts.personId, personId), eq(attempts.try, 1), eq(posts.teamId, teamId)))
      .groupBy(posts.chapter)
      .orderBy(emptyFirst(posts.chapter))
      .prepare(),
  );

  return {
    /** The first of the board; ties stand in the order of their ids and share a rank. */
    topOf: (team: string, limit: number): Promise<BoardRow[]> =>
      Promise.resolve(top(db).execute({ teamId: team, limit })),

    /** A member's score and rank; undefined before the first answer. A hidden member has a rank too. */
    rankOf: async (teamId: string, personId: string): Promise<Ranked | undefined> => {
      const [me] = await mine(db).execute({ teamId, personId });
      return me;
    },

    /** The same, and among how many. */
    standing: async (teamId: string, personId: string): Promise<Standing | undefined> => {
      const [me] = await mineOfAll(db).execute({ teamId, personId });
      return me && { quarters: me.quarters, rank: me.rank, of: me.of + (me.isHidden ? 1 : 0) };
    },

    /** The members right above and below a score, best first. */
    neighbors: async (
      teamId: string,
      me: { personId: string; quarters: number },
      limit: number,
    ) => {
      const rows = await near(db).execute({ teamId, limit, ...me });
      rows.sort((a, b) => b.quarters - a.quarters || (a.personId < b.personId ? -1 : 1));
      const isAbove = (row: BoardRow) =>
        row.quarters === me.quarters ? row.personId < me.personId : row.quarters > me.quarters;
      const below = rows.filter((row) => !isAbove(row));
      return { above: rows.filter(isAbove).slice(-limit), below: below.slice(0, limit) };
    },

    /**
     * Plain sums over the questions that closed in the week or month that begins on a day, or over those of a chapter
     * that closed in the season.
     */
    sumBoard: async (
      team: string,
      during: { period: Period; startsOn: string; chapter?: number },
      { limit, personId }: Shown,
    ): Promise<Ranked[]> => {
      const at = { teamId: team, chapter: 0, ...during };
      const first = rankAll(await topSums(db).execute({ ...at, limit }));
      const [me] = await mySum(db).execute({ ...at, personId });
      if (!me || isAmong(first, personId)) return first;
      const [better] = await aheadInSums(db).execute({ ...at, quarters: me.quarters });
      return [...first, { ...me, rank: (better?.count ?? 0) + 1 }];
    },

    /** The rank scores of those who have points. */
    seasonBoard: async (team: string, { limit, personId }: Shown): Promise<Ranked[]> => {
      const first = rankAll(await top(db).execute({ teamId: team, limit }));
      const [me] = isAmong(first, personId)
        ? []
        : await mine(db).execute({ teamId: team, personId });
      const rows = me && !me.isHidden ? [...first, me] : first;
      return rows.filter((row) => row.quarters > 0);
    },

    /** Questions answered, and those right on the first try: the most first. */
    totals: async (team: string, { limit, personId }: Shown) => {
      const first = await topTotals(db).execute({ teamId: team, limit });
      if (isAmong(first, personId)) return first;
      return [...first, ...(await myTotals(db).execute({ teamId: team, personId }))];
    },

    /** The window's questions with a person's ledger lines, newest question first. */
    linesInWindow: (team: string, personId: string) =>
      lines(db).execute({ teamId: team, personId }),

    /** What each posted question that a person answered, or that came since an instant, was to them, oldest first. */
    streakEntries: async (team: string, personId: string, since: Date): Promise<StreakEntry[]> => {
      const rows = await entries(db).execute({
        teamId: team,
        personId,
        since,
      });
      return rows.map(({ isAnswered, isClosed }) =>
        isAnswered ? 'answered' : isClosed ? 'missed' : 'open',
      );
    },

    /** Questions that a person answered, and those right on the first try, by chapter. */
    firstTries: (team: string, personId: string) => tries(db).execute({ teamId: team, personId }),
  };
}

const isAmong = (rows: readonly { personId: string }[], personId: string) =>
  rows.some((row) => row.personId === personId);
