import { and, asc, count, desc, eq, sql } from 'drizzle-orm';
import { GROUP, MOST_GROUPS } from '../../../core/scoring/groups.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';

/** A group goes with its last member. */
export async function removeEmptyGroups(
  on: Database,
  { groups, groupMembers }: Connection['tables'],
): Promise<void> {
  await on
    .delete(groups)
    .where(
      sql`not exists (select 1 from ${groupMembers} where ${groupMembers.groupId} = ${groups.id})`,
    );
}

/** Groups inside a team. `standings` keeps a copy of who is where, for a board in one short read a group. */
export function groupQueries({ db, tables, atomic }: Connection) {
  const { groups, groupMembers, standings } = tables;
  type Reader = Pick<Database, 'select'>;

  const best = prepared((from: Reader) =>
    from
      .select({ quarters: standings.quarters })
      .from(standings)
      .where(and(eq(standings.groupId, sql.placeholder('groupId')), eq(standings.isHidden, false)))
      .orderBy(desc(standings.quarters))
      .limit(GROUP.best)
      .prepare(),
  );

  async function move(
    on: Database,
    { teamId, personId }: { teamId: string; personId: string },
    groupId: number | null,
  ): Promise<void> {
    const isMine = and(eq(groupMembers.teamId, teamId), eq(groupMembers.personId, personId));
    if (groupId === null) await on.delete(groupMembers).where(isMine);
    else
      await on
        .insert(groupMembers)
        .values({ teamId, personId, groupId })
        .onConflictDoUpdate({
          target: [groupMembers.teamId, groupMembers.personId],
          set: { groupId },
        });
    await on
      .update(standings)
      .set({ groupId })
      .where(and(eq(standings.teamId, teamId), eq(standings.personId, personId)));
    await removeEmptyGroups(on, tables);
  }

  return {
    /** The groups of a team by name, and how many people are in each. */
    groupsOf: (teamId: string) =>
      Promise.resolve(
        db
          .select({ id: groups.id, name: groups.name, members: count() })
          .from(groups)
          .innerJoin(groupMembers, eq(groupMembers.groupId, groups.id))
          .where(eq(groups.teamId, teamId))
          .groupBy(groups.id)
          .orderBy(asc(groups.name)),
      ),

    /** The group of a person in a team; undefined for none. */
    groupOf: async (teamId: string, personId: string) => {
      const [found] = await db
        .select({ id: groups.id, name: groups.name })
        .from(groupMembers)
        .innerJoin(groups, eq(groups.id, groupMembers.groupId))
        .where(and(eq(groupMembers.teamId, teamId), eq(groupMembers.personId, personId)));
      return found;
    },

    /** Puts a person into a group of this name, which is made when it is new; false when there are too many. */
    joinGroup: (who: { teamId: string; personId: string }, name: string): Promise<boolean> =>
      atomic(async (on) => {
        const all = await on.select().from(groups).where(eq(groups.teamId, who.teamId));
        const same = all.find((each) => each.name.toLowerCase() === name.toLowerCase());
        if (!same && all.length >= MOST_GROUPS) return false;
        const [made] = same
          ? [same]
          : await on.insert(groups).values({ teamId: who.teamId, name }).returning();
        if (made) await move(on, who, made.id);
        return true;
      }),

    leaveGroup: (who: { teamId: string; personId: string }) => atomic((on) => move(on, who, null)),

    /** Takes everybody out of a group. */
    removeGroup: (teamId: string, groupId: number) =>
      atomic(async (on) => {
        await on
          .update(standings)
          .set({ groupId: null })
          .where(and(eq(standings.teamId, teamId), eq(standings.groupId, groupId)));
        await on.delete(groups).where(and(eq(groups.teamId, teamId), eq(groups.id, groupId)));
      }),

    /** The groups of a team with the highest rank scores of those who are shown. */
    groupBoard: async (teamId: string): Promise<{ name: string; best: number[] }[]> => {
      const all = await db
        .select()
        .from(groups)
        .where(eq(groups.teamId, teamId))
        .orderBy(asc(groups.name));
      const rows = all.map(async ({ id, name }) => ({
        name,
        best: (await best(db).execute({ groupId: id })).map(({ quarters }) => quarters),
      }));
      return Promise.all(rows);
    },
  };
}
