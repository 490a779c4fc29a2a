import { desc, eq } from 'drizzle-orm';
import type { Connection, Database } from '../../../store/connection.ts';
import type { NewSettingChange, SettingChange } from '../../../store/schema.ts';

/** A change with the name of the person who made it. */
export type NamedChange = SettingChange & { name: string };

/** Notes changes of settings, in the step that makes them. */
export async function noteChanges(
  on: Database,
  { settingChanges }: Pick<Connection['tables'], 'settingChanges'>,
  changes: readonly NewSettingChange[],
): Promise<void> {
  if (changes.length > 0) await on.insert(settingChanges).values([...changes]);
}

export function settingChangeQueries({ db, tables }: Connection) {
  const { people, settingChanges } = tables;

  return {
    /** What was changed of a team's settings, the newest first. */
    settingChangesOf: async (teamId: string, limit: number): Promise<NamedChange[]> => {
      const rows = await db
        .select({ change: settingChanges, name: people.name })
        .from(settingChanges)
        .innerJoin(people, eq(people.id, settingChanges.personId))
        .where(eq(settingChanges.teamId, teamId))
        .orderBy(desc(settingChanges.id))
        .limit(limit);
      return rows.map(({ change, name }) => ({ ...change, name }));
    },
  };
}
