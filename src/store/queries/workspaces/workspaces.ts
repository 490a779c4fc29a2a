import {
  and,
  asc,
  count,
  desc,
  eq,
  isNotNull,
  isNull,
  like,
  lte,
  max,
  not,
  sql,
} from 'drizzle-orm';
import type { PlatformName } from '../../../spine/request.ts';
import { type Connection, type Database, prepared, type Tables } from '../../connection.ts';
import type { WorkspaceChange } from '../../schema.ts';

/** A workspace as the person who hosts the bot sees it. */
export type WorkspaceRow = {
  id: string;
  team: string;
  /** People who were met there. */
  people: number;
  leftAt: Date | null;
  stoppedAt: Date | null;
};

/** The bot works there: it was neither removed nor stopped. */
export const isServed = ({ workspaces }: Pick<Tables, 'workspaces'>) =>
  and(isNull(workspaces.leftAt), isNull(workspaces.stoppedAt));

/** The bot is in a workspace again, so nothing of it is deleted. */
export async function comeBack(
  on: Database,
  tables: Pick<Tables, 'workspaces' | 'workspaceChanges'>,
  { workspace, at, leftBefore = at }: { workspace: string; at: Date; leftBefore?: Date },
): Promise<void> {
  const { workspaces, workspaceChanges } = tables;
  const back = await on
    .update(workspaces)
    .set({ leftAt: null })
    .where(and(eq(workspaces.id, workspace), lte(workspaces.leftAt, leftBefore)))
    .returning({ id: workspaces.id });
  if (back.length > 0)
    await on.insert(workspaceChanges).values({ workspaceId: workspace, what: 'returned', at });
}

export function workspaceQueries({ db, tables, atomic }: Connection) {
  const { memberships, teams, workspaces, workspaceChanges } = tables;

  const ofTeam = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ id: workspaces.id, leftAt: workspaces.leftAt, stoppedAt: workspaces.stoppedAt })
      .from(workspaces)
      .where(
        and(
          eq(workspaces.teamId, sql.placeholder('teamId')),
          like(workspaces.id, sql.placeholder('ofPlatform')),
        ),
      )
      .prepare(),
  );

  async function leave(on: Database, workspace: string, at: Date): Promise<void> {
    const left = await on
      .update(workspaces)
      .set({ leftAt: at })
      .where(and(eq(workspaces.id, workspace), isNull(workspaces.leftAt)))
      .returning({ id: workspaces.id });
    if (left.length > 0)
      await on.insert(workspaceChanges).values({ workspaceId: workspace, what: 'left', at });
  }

  return {
    /** The workspaces of a team on a platform where the bot still is. */
    workspacesOf: async (teamId: string, platform: PlatformName): Promise<string[]> => {
      const found = await ofTeam(db).execute({ teamId, ofPlatform: `${platform}:%` });
      return found.flatMap(({ id, leftAt }) => (leftAt ? [] : [id]));
    },

    /** Through which workspace a team is written to; `isServed` is false where nothing may be said now. */
    workspaceToWrite: async (
      teamId: string,
      platform: PlatformName,
    ): Promise<{ id: string; isServed: boolean } | undefined> => {
      const all = await ofTeam(db).execute({ teamId, ofPlatform: `${platform}:%` });
      const served = all.find(({ leftAt, stoppedAt }) => !leftAt && !stoppedAt);
      const found = served ?? all[0];
      return found && { id: found.id, isServed: served !== undefined };
    },

    /** The bot was removed from a workspace: nothing is sent there, and some weeks later all of it goes. */
    leaveWorkspace: (workspace: string, at: Date) => atomic((on) => leave(on, workspace, at)),

    /** The bot was added to a workspace again. */
    returnToWorkspace: (workspace: string, at: Date) =>
      atomic((on) => comeBack(on, tables, { workspace, at })),

    /** In which workspaces of a platform the bot is: it was removed from all others that it knows. */
    settleWorkspaces: ({
      platform,
      present,
      isOurs,
      at,
    }: {
      platform: PlatformName;
      present: readonly string[];
      /** False for a workspace of which nothing is known here. */
      isOurs(workspace: string): boolean;
      at: Date;
    }) =>
      atomic(async (on) => {
        const known = await on
          .select({ id: workspaces.id, leftAt: workspaces.leftAt })
          .from(workspaces)
          // A person alone is a workspace that no bot is added to.
          .where(and(like(workspaces.id, `${platform}:%`), not(like(workspaces.id, '%:@%'))));
        const isPresent = new Set(present);
        for (const { id, leftAt } of known) {
          if (leftAt && isPresent.has(id)) await comeBack(on, tables, { workspace: id, at });
          if (!leftAt && !isPresent.has(id) && isOurs(id)) await leave(on, id, at);
        }
      }),

    /** All workspaces, those with the most people first. */
    listWorkspaces: async (): Promise<WorkspaceRow[]> =>
      await db
        .select({
          id: workspaces.id,
          team: teams.name,
          people: count(memberships.personId),
          leftAt: workspaces.leftAt,
          stoppedAt: workspaces.stoppedAt,
        })
        .from(workspaces)
        .innerJoin(teams, eq(teams.id, workspaces.teamId))
        .leftJoin(memberships, eq(memberships.workspaceId, workspaces.id))
        .groupBy(workspaces.id, teams.id)
        .orderBy(desc(count(memberships.personId)), asc(workspaces.id)),

    /** The newest change of each workspace that has one, with why it was made. */
    workspaceChanges: async (): Promise<WorkspaceChange[]> => {
      const newest = db
        .select({ id: max(workspaceChanges.id) })
        .from(workspaceChanges)
        .groupBy(workspaceChanges.workspaceId);
      return await db
        .select()
        .from(workspaceChanges)
        .where(sql`${workspaceChanges.id} in ${newest}`);
    },

    /** Stops or starts the bot in a workspace; false when it is unknown, or so already. */
    stopWorkspace: ({
      workspace,
      isStopped,
      note,
      at,
    }: {
      workspace: string;
      isStopped: boolean;
      note?: string | undefined;
      at: Date;
    }): Promise<boolean> =>
      atomic(async (on) => {
        const changed = await on
          .update(workspaces)
          .set({ stoppedAt: isStopped ? at : null })
          .where(
            and(
              eq(workspaces.id, workspace),
              isStopped ? isNull(workspaces.stoppedAt) : isNotNull(workspaces.stoppedAt),
            ),
          )
          .returning({ id: workspaces.id });
        if (changed.length === 0) return false;
        const what = isStopped ? 'stopped' : 'started';
        await on
          .insert(workspaceChanges)
          .values({ workspaceId: workspace, what, note: note ?? null, at });
        return true;
      }),
  };
}
