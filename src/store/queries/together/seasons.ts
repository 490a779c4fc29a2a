import { and, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import { WINDOW, windowScore } from '../../../core/scoring/window.ts';
import { type Day, dayIn, periodOf } from '../../../core/time.ts';
import type { Connection, Database } from '../../connection.ts';
import type { Boards, Post, Team } from '../../schema.ts';

/** A season that somebody won. */
export type Badge = { season: Day; personId: string; name: string };

/** Seasons that are over, and what boards show of people. */
export function seasonQueries({ db, tables, atomic }: Connection) {
  const { badges, ledger, people, posts, standings, teams } = tables;

  const isAsked = (teamId: string) =>
    and(eq(posts.teamId, teamId), eq(posts.state, 'posted'), eq(posts.isRated, true));

  /** The rank scores right after a question, of those who are shown; only the highest. */
  async function winners(on: Database, last: Pick<Post, 'teamId' | 'postedAt' | 'id'>) {
    const before = or(
      lt(posts.postedAt, last.postedAt ?? new Date(0)),
      and(eq(posts.postedAt, last.postedAt ?? new Date(0)), lte(posts.id, last.id)),
    );
    const window = on
      .select({ id: posts.id })
      .from(posts)
      .where(and(isAsked(last.teamId), before))
      .orderBy(desc(posts.postedAt), desc(posts.id))
      .limit(WINDOW.questions);
    const rows = await on
      .select({ personId: ledger.personId, quarters: sql`sum(${ledger.quarters})`.mapWith(Number) })
      .from(ledger)
      .innerJoin(people, eq(people.id, ledger.personId))
      .where(and(inArray(ledger.postId, window), eq(people.isHidden, false)))
      .groupBy(ledger.personId, ledger.postId);
    const scores = new Map<string, number[]>();
    for (const { personId, quarters } of rows)
      scores.set(personId, [...(scores.get(personId) ?? []), quarters]);
    const all = [...scores].map(([personId, each]) => ({ personId, quarters: windowScore(each) }));
    const most = Math.max(1, ...all.map(({ quarters }) => quarters));
    return all.filter(({ quarters }) => quarters === most);
  }

  return {
    /**
     * Gives the badges of the season before the present one, once its last question is closed. Doing it
     * again changes nothing: a badge stays, whatever is corrected later.
     */
    endSeason: (teamId: string, at: Date): Promise<void> =>
      atomic(async (on) => {
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
        const won = await winners(on, last);
        if (won.length > 0)
          await on
            .insert(badges)
            .values(won.map((each) => ({ ...each, teamId, season })))
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
