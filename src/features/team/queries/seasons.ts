import { and, desc, eq, gt, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { type Day, dayIn, periodOf } from '../../../core/time.ts';
import type { Connection, Database, Pause } from '../../../store/connection.ts';
import { membersOf, scoresOver, windowOf } from '../../../store/queries/standings.ts';
import type { Boards, Post, Team } from '../../../store/schema.ts';
import { slicesOf, teamSteps } from '../../../store/slices.ts';

/** A season that somebody won. */
export type Badge = { season: Day; personId: string; name: string };

/** Seasons that are over, and what boards show of people. */
export function seasonQueries(connection: Connection) {
  const { db, tables, atomic } = connection;
  const inTeam = teamSteps(connection);
  const { badges, people, posts, standings, teams } = tables;

  const isAsked = (teamId: string) =>
    and(eq(posts.teamId, teamId), eq(posts.state, 'posted'), eq(posts.isRated, true));

  /** The rank scores right after a question, of those who are shown; only the highest. */
  async function winners(
    on: Database,
    { teamId, postedAt, id }: Pick<Post, 'teamId' | 'postedAt' | 'id'>,
    pause: Pause,
  ) {
    const at = postedAt ?? new Date(0);
    const before = or(lt(posts.postedAt, at), and(eq(posts.postedAt, at), lte(posts.id, id)));
    const window = windowOf(on, tables, teamId, before);
    let won: { people: string[]; quarters: number } = { people: [], quarters: 0 };
    for await (const { isIn } of slicesOf(await membersOf(on, tables, teamId), pause)) {
      const best = scoresOver(on, tables, window, { teamId, isIn });
      const rows = await on
        .select({ personId: best.personId, quarters: sql`${best.total}`.mapWith(Number) })
        .from(best)
        .innerJoin(people, eq(people.id, best.personId))
        .where(and(eq(people.isHidden, false), gt(best.total, 0)));
      const quarters = Math.max(won.quarters, ...rows.map((row) => row.quarters));
      if (quarters > won.quarters) won = { people: [], quarters };
      for (const row of rows) if (row.quarters === quarters) won.people.push(row.personId);
    }
    return won;
  }

  return {
    /**
     * Gives the badges of the season before the present one, once its last question is closed. Doing it
     * again changes nothing: a badge stays, whatever is corrected later.
     */
    endSeason: (teamId: string, at: Date): Promise<void> =>
      inTeam(teamId, async (on, pause) => {
        const [team] = await on.select().from(teams).where(eq(teams.id, teamId));
        if (!team) return;
        const { from } = periodOf(dayIn(at, team.zone), 'season');
        const isBefore = and(isAsked(teamId), lt(posts.day, from));
        const [last] = await on
          .select({
            id: posts.id,
            teamId: posts.teamId,
            day: posts.day,
            postedAt: posts.postedAt,
          })
          .from(posts)
          .where(isBefore)
          .orderBy(desc(posts.postedAt), desc(posts.id))
          .limit(1);
        if (!last) return;
        const season = periodOf(last.day, 'season').from;
        if (team.seasonEnded !== null && team.seasonEnded >= season) return;
        const [open] = await on
          .select({ id: posts.id })
          .from(posts)
          .where(and(isBefore, isNull(posts.closedAt)))
          .limit(1);
        if (open) return;
        const won = await winners(on, last, pause);
        for await (const { people } of slicesOf(won.people, pause))
          await on
            .insert(badges)
            .values(
              people.map((personId) => ({ teamId, season, personId, quarters: won.quarters })),
            )
            .onConflictDoNothing();
        await on.update(teams).set({ seasonEnded: season }).where(eq(teams.id, teamId));
      }),

    /** The winners of a team's seasons who are shown, the newest season first. */
    badgesOf: (teamId: string, limit: number): Promise<Badge[]> =>
      Promise.resolve(
        db
          .select({ season: badges.season, personId: badges.personId, name: people.name })
          .from(badges)
          .innerJoin(people, eq(people.id, badges.personId))
          .where(and(eq(badges.teamId, teamId), eq(people.isHidden, false)))
          .orderBy(desc(badges.season), badges.personId)
          .limit(limit),
      ),

    /** The seasons that a person won in a team, the newest first. */
    seasonsWon: async (teamId: string, personId: string): Promise<Day[]> => {
      const rows = await db
        .select({ season: badges.season })
        .from(badges)
        .where(and(eq(badges.teamId, teamId), eq(badges.personId, personId)))
        .orderBy(desc(badges.season));
      return rows.map(({ season }) => season);
    },

    /** The score at a place of the board, counted from 0; undefined when the board is shorter. */
    scoreAt: async (teamId: string, place: number): Promise<number | undefined> => {
      const [row] = await db
        .select({ quarters: standings.quarters })
        .from(standings)
        .where(and(eq(standings.teamId, teamId), eq(standings.isHidden, false)))
        .orderBy(desc(standings.quarters), standings.personId)
        .limit(1)
        .offset(place);
      return row?.quarters;
    },

    teamById: async (teamId: string): Promise<Team | undefined> => {
      const [team] = await db.select().from(teams).where(eq(teams.id, teamId));
      return team;
    },

    /** What the boards of a team show of people. */
    setBoards: (teamId: string, boards: Boards) =>
      atomic(async (on) => {
        await on.update(teams).set({ boards }).where(eq(teams.id, teamId));
      }),
  };
}
