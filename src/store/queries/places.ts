import { and, eq, inArray, ne, or, sql } from 'drizzle-orm';
import type { PlatformName } from '../../spine/request.ts';
import type { Connection } from '../connection.ts';
import { isServed } from './workspaces/workspaces.ts';

/** A workspace in which a person was met, and when they chose it for direct messages. */
export type Membership = {
  workspace: string;
  name: string;
  chosenAt: Date | null;
  /** Whether its team has a schedule or questions of its own, which somebody would miss. */
  hasContent: boolean;
};

/** What hangs on a channel or thread of a platform, and in which workspaces people are. */
export function placeQueries({ db, tables, atomic }: Connection) {
  const { accounts, interviews, memberships, ownQuestions } = tables;
  const { peerSessions, schedules, teams, workspaces } = tables;

  const schedulesOf = db
    .select({ id: schedules.id })
    .from(schedules)
    .where(and(eq(schedules.teamId, teams.id), ne(schedules.state, 'deleted')));
  const questionsOf = db
    .select({ id: ownQuestions.questionId })
    .from(ownQuestions)
    .where(eq(ownQuestions.teamId, teams.id));

  return {
    /** Interviews that are open in a place, also in its threads, and schedules that post there. */
    heldIn: async (platform: PlatformName, place: string) => ({
      interviews: await db
        .select()
        .from(interviews)
        .where(
          and(
            eq(interviews.platform, platform),
            ne(interviews.state, 'ended'),
            or(eq(interviews.channel, place), eq(interviews.thread, place)),
          ),
        ),
      peers: await db
        .select()
        .from(peerSessions)
        .where(
          and(
            eq(peerSessions.platform, platform),
            inArray(peerSessions.state, ['opening', 'waiting', 'first', 'second']),
            or(eq(peerSessions.channel, place), eq(peerSessions.thread, place)),
          ),
        ),
      schedules: await db
        .select()
        .from(schedules)
        .where(
          and(
            eq(schedules.platform, platform),
            eq(schedules.state, 'on'),
            eq(schedules.channel, place),
          ),
        ),
    }),

    /** Where an account was met and the bot still is: the chosen one first, then by name. */
    membershipsOf: async (account: string): Promise<Membership[]> =>
      await db
        .select({
          workspace: workspaces.id,
          name: teams.name,
          chosenAt: memberships.chosenAt,
          hasContent: sql`exists ${schedulesOf} or exists ${questionsOf}`.mapWith(Boolean),
        })
        .from(accounts)
        .innerJoin(memberships, eq(memberships.personId, accounts.personId))
        .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
        .innerJoin(teams, eq(teams.id, workspaces.teamId))
        .where(and(eq(accounts.id, account), isServed(tables)))
        .orderBy(sql`${memberships.chosenAt} desc nulls last`, teams.name, workspaces.id),

    /** In direct messages the person acts there from now on. */
    chooseMembership: (personId: string, workspaceId: string, chosenAt: Date) =>
      atomic(async (on) => {
        await on
          .update(memberships)
          .set({ chosenAt: null })
          .where(eq(memberships.personId, personId));
        await on
          .insert(memberships)
          .values({ personId, workspaceId, chosenAt })
          .onConflictDoUpdate({
            target: [memberships.personId, memberships.workspaceId],
            set: { chosenAt },
          });
      }),

    /** An account left the workspace; what was done there stays. */
    dropMembership: (account: string, workspace: string) =>
      atomic(async (on) => {
        const person = on
          .select({ id: accounts.personId })
          .from(accounts)
          .where(eq(accounts.id, account));
        await on
          .delete(memberships)
          .where(
            and(eq(memberships.workspaceId, workspace), inArray(memberships.personId, person)),
          );
      }),
  };
}
