import { and, eq, getTableColumns, getTableName, isNull, sql } from 'drizzle-orm';
import { getTableConfig, type SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Connection, type Database, prepared } from '../connection.ts';
import type { Person, Team } from '../schema.ts';
import { takePersonBack } from './reveals.ts';

export type Meeting = {
  account: string;
  name: string;
  workspace: string;
  workspaceName: string;
  zone?: string;
  /** Ids for whoever or whatever is new. */
  newPersonId: string;
  newTeamId: string;
  at: Date;
};

type Newcomer = Pick<Meeting, 'account' | 'name' | 'zone' | 'newPersonId' | 'at'>;

export function peopleQueries({ db, tables, atomic }: Connection) {
  const { people, accounts, teams, workspaces } = tables;

  const known = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ person: people, team: teams })
      .from(accounts)
      .innerJoin(people, eq(people.id, accounts.personId))
      .innerJoin(workspaces, eq(workspaces.id, sql.placeholder('workspace')))
      .innerJoin(teams, eq(teams.id, workspaces.teamId))
      .where(and(eq(accounts.id, sql.placeholder('account')), isNull(workspaces.leftAt)))
      .prepare(),
  );

  async function findOrAddPerson(on: Database, meeting: Newcomer): Promise<Person> {
    const [found] = await on
      .select({ person: people })
      .from(accounts)
      .innerJoin(people, eq(people.id, accounts.personId))
      .where(eq(accounts.id, meeting.account));
    if (found) return found.person;
    const [person] = await on
      .insert(people)
      .values({
        id: meeting.newPersonId,
        name: meeting.name,
        zone: meeting.zone ?? null,
        createdAt: meeting.at,
      })
      .returning();
    await on.insert(accounts).values({ id: meeting.account, personId: meeting.newPersonId });
    if (!person) throw new Error('The new person was not stored');
    return person;
  }

  async function findOrAddTeam(on: Database, meeting: Meeting): Promise<Team> {
    const [found] = await on
      .select({ team: teams, leftAt: workspaces.leftAt })
      .from(workspaces)
      .innerJoin(teams, eq(teams.id, workspaces.teamId))
      .where(eq(workspaces.id, meeting.workspace));
    if (found) {
      if (found.leftAt)
        await on
          .update(workspaces)
          .set({ leftAt: null })
          .where(eq(workspaces.id, meeting.workspace));
      return found.team;
    }
    const [team] = await on
      .insert(teams)
      .values({
        id: meeting.newTeamId,
        name: meeting.workspaceName,
        zone: meeting.zone ?? 'UTC',
        createdAt: meeting.at,
      })
      .returning();
    await on.insert(workspaces).values({ id: meeting.workspace, teamId: meeting.newTeamId });
    if (!team) throw new Error('The new team was not stored');
    return team;
  }

  return {
    /** Who speaks, and in which team; both are made when they are new. */
    meet: async (meeting: Meeting): Promise<{ person: Person; team: Team }> => {
      const [found] = await known(db).execute({
        account: meeting.account,
        workspace: meeting.workspace,
      });
      if (found && found.person.name === meeting.name) return found;
      return atomic(async (on) => {
        const person = await findOrAddPerson(on, meeting);
        if (person.name !== meeting.name)
          await on.update(people).set({ name: meeting.name }).where(eq(people.id, person.id));
        return {
          person: { ...person, name: meeting.name },
          team: await findOrAddTeam(on, meeting),
        };
      });
    },

    /** The person of an account, also of somebody who has not spoken yet; a known name stays. */
    personFor: (newcomer: Newcomer): Promise<Person> =>
      atomic((on) => findOrAddPerson(on, newcomer)),

    /** Undefined when nobody has this account. */
    personOfAccount: async (account: string): Promise<Person | undefined> => {
      const [found] = await db
        .select({ person: people })
        .from(accounts)
        .innerJoin(people, eq(people.id, accounts.personId))
        .where(eq(accounts.id, account));
      return found?.person;
    },

    accountsOf: (personId: string) =>
      db.select().from(accounts).where(eq(accounts.personId, personId)).orderBy(accounts.id),

    /** True the first time only: the person is told once who sees what. */
    greetOnce: (personId: string, at: Date): Promise<boolean> =>
      atomic(async (on) => {
        const changed = await on
          .update(people)
          .set({ greetedAt: at })
          .where(and(eq(people.id, personId), isNull(people.greetedAt)))
          .returning({ id: people.id });
        return changed.length === 1;
      }),

    /** Shows or hides somebody on every board. */
    hide: (personId: string, isHidden: boolean) =>
      atomic(async (on) => {
        await on.update(people).set({ isHidden }).where(eq(people.id, personId));
        await on
          .update(tables.standings)
          .set({ isHidden })
          .where(eq(tables.standings.personId, personId));
        if (isHidden) await takePersonBack(on, tables, personId);
      }),

    setPersonZone: (personId: string, zone: string) =>
      atomic(async (on) => {
        await on.update(people).set({ zone }).where(eq(people.id, personId));
      }),

    setTeamZone: (teamId: string, zone: string) =>
      atomic(async (on) => {
        await on.update(teams).set({ zone }).where(eq(teams.id, teamId));
      }),

    /** The cards that estimates assume for a person; null for none. */
    setPersonGpu: (personId: string, gpu: string | null) =>
      atomic(async (on) => {
        await on.update(people).set({ gpu }).where(eq(people.id, personId));
      }),

    setTeamGpu: (teamId: string, gpu: string | null) =>
      atomic(async (on) => {
        await on.update(teams).set({ gpu }).where(eq(teams.id, teamId));
      }),

    /** Every row about a person, table by table, found by walking the schema. */
    exportPerson: async (personId: string): Promise<Record<string, unknown[]>> => {
      const found: Record<string, unknown[]> = {};
      for (const { table, column } of aboutPeople(tables)) {
        const rows = await db.select().from(table).where(eq(column, personId));
        // A table may point to people twice: whom a message is for, and whose words it carries.
        const name = getTableName(table);
        if (rows.length > 0) found[name] = [...(found[name] ?? []), ...rows];
      }
      return found;
    },

    /** Forgets a person: one row, and every row about them goes with it, and words among others' words. */
    forget: (personId: string) =>
      atomic(async (on) => {
        await takePersonBack(on, tables, personId);
        await on.delete(people).where(eq(people.id, personId));
      }),

    /** The bot was removed from a workspace. */
    leaveWorkspace: (workspace: string, at: Date) =>
      atomic(async (on) => {
        await on.update(workspaces).set({ leftAt: at }).where(eq(workspaces.id, workspace));
      }),
  };
}

/** The columns that point to a person, and people's own key. */
function aboutPeople(tables: Connection['tables']) {
  return Object.values(tables).flatMap((table: SQLiteTable) => {
    if (getTableName(table) === 'people') return [{ table, column: tables.people.id }];
    const keys = getTableConfig(table).foreignKeys.map((key) => key.reference());
    return keys
      .filter((key) => getTableName(key.foreignTable) === 'people')
      .flatMap((key) =>
        key.columns.map((column) => ({ table, column: columnOf(table, column.name) })),
      );
  });
}

function columnOf(table: SQLiteTable, name: string) {
  const column = Object.values(getTableColumns(table)).find((each) => each.name === name);
  if (!column) throw new Error(`No column ${name}`);
  return column;
}
