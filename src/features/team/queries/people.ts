import { and, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { given } from '../../../store/queries/columns.ts';
import { knownBeforeOn } from '../../../store/queries/known-before.ts';
import { queue } from '../../../store/queries/queue.ts';
import { moveToZone } from '../../../store/queries/standings.ts';
import { comeBack } from '../../../store/queries/workspaces/workspaces.ts';
import type { NewOutboxRow, Person, Team } from '../../../store/schema.ts';
import { teamSteps } from '../../../store/slices.ts';
import { takePersonBack } from '../../daily/queries/reveals.ts';
import { emptyLiveMessages } from '../../live/queries/names.ts';
import { removeEmptyGroups } from './groups.ts';
import { type Renamed, rename } from './names.ts';

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

/** What was said just before the bot was removed is heard in this time; it must not keep the data of the workspace. */
const UNDER_WAY_MS = 5 * 60_000;

type Newcomer = Pick<Meeting, 'account' | 'name' | 'zone' | 'newPersonId' | 'at'>;

export function peopleQueries(connection: Connection) {
  const { db, tables, atomic, erase } = connection;
  const { people, accounts, memberships, teams, workspaces } = tables;
  const knownBefore = knownBeforeOn(connection);
  const inTeam = teamSteps(connection);

  const known = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ person: people, team: teams, stoppedAt: workspaces.stoppedAt })
      .from(accounts)
      .innerJoin(people, eq(people.id, accounts.personId))
      .innerJoin(workspaces, eq(workspaces.id, sql.placeholder('workspace')))
      .innerJoin(teams, eq(teams.id, workspaces.teamId))
      .innerJoin(
        memberships,
        and(eq(memberships.personId, people.id), eq(memberships.workspaceId, workspaces.id)),
      )
      .where(and(eq(accounts.id, sql.placeholder('account')), isNull(workspaces.leftAt)))
      .prepare(),
  );

  const personBehind = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ person: people })
      .from(accounts)
      .innerJoin(people, eq(people.id, accounts.personId))
      .where(eq(accounts.id, sql.placeholder('account')))
      .prepare(),
  );
  const addPerson = prepared((on: Database) =>
    on
      .insert(people)
      .values({
        id: sql.placeholder('newPersonId'),
        name: sql.placeholder('name'),
        zone: sql.placeholder('zone'),
        createdAt: sql.placeholder('at'),
      })
      .returning()
      .prepare(),
  );
  const addAccount = prepared((on: Database) =>
    on
      .insert(accounts)
      .values({ id: sql.placeholder('account'), personId: sql.placeholder('newPersonId') })
      .prepare(),
  );
  const teamBehind = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ team: teams, stoppedAt: workspaces.stoppedAt })
      .from(workspaces)
      .innerJoin(teams, eq(teams.id, workspaces.teamId))
      .where(eq(workspaces.id, sql.placeholder('workspace')))
      .prepare(),
  );
  const addMembership = prepared((on: Database) =>
    on
      .insert(memberships)
      .values({ personId: sql.placeholder('personId'), workspaceId: sql.placeholder('workspace') })
      .onConflictDoNothing()
      .prepare(),
  );
  const greet = prepared((on: Database) =>
    on
      .update(people)
      .set({ greetedAt: sql`${given('at', people.greetedAt)}` })
      .where(and(eq(people.id, sql.placeholder('personId')), isNull(people.greetedAt)))
      .returning({ id: people.id })
      .prepare(),
  );

  async function findOrAddPerson(on: Database, meeting: Newcomer): Promise<Person> {
    const [found] = await personBehind(on).execute({ account: meeting.account });
    if (found) return found.person;
    const newcomer = { ...meeting, zone: meeting.zone ?? null };
    const [person] = await addPerson(on).execute(newcomer);
    await addAccount(on).execute(newcomer);
    if (!person) throw new Error('The new person was not stored');
    return person;
  }

  async function findOrAddTeam(
    on: Database,
    meeting: Meeting,
  ): Promise<{ team: Team; stoppedAt: Date | null }> {
    const [found] = await teamBehind(on).execute({ workspace: meeting.workspace });
    if (found) {
      const leftBefore = new Date(meeting.at.getTime() - UNDER_WAY_MS);
      await comeBack(on, tables, { ...meeting, leftBefore });
      return found;
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
    return { team, stoppedAt: null };
  }

  return {
    /**
     * Who speaks, and in which team; both are made when they are new, and so is that they belong together. `stoppedAt` is
     * set where the host has stopped the bot.
     */
    meet: async (
      meeting: Meeting,
    ): Promise<{ person: Person; team: Team; stoppedAt: Date | null }> => {
      const [found] = await known(db).execute({
        account: meeting.account,
        workspace: meeting.workspace,
      });
      if (found && found.person.name === meeting.name) return found;
      return atomic(async (on) => {
        const person = await findOrAddPerson(on, meeting);
        if (person.name !== meeting.name)
          await on.update(people).set({ name: meeting.name }).where(eq(people.id, person.id));
        const met = await findOrAddTeam(on, meeting);
        await addMembership(on).execute({ personId: person.id, workspace: meeting.workspace });
        return { person: { ...person, name: meeting.name }, ...met };
      });
    },

    /** The person of an account, also of somebody who has not spoken yet; a known name stays. */
    personFor: (newcomer: Newcomer): Promise<Person> =>
      atomic((on) => findOrAddPerson(on, newcomer)),

    /** Undefined when nobody has this account. */
    personOfAccount: async (account: string): Promise<Person | undefined> => {
      const [found] = await personBehind(db).execute({ account });
      return found?.person;
    },

    accountsOf: (personId: string) =>
      db.select().from(accounts).where(eq(accounts.personId, personId)).orderBy(accounts.id),

    /** True the first time only: the person is told once who sees what. */
    greetOnce: (personId: string, at: Date): Promise<boolean> =>
      atomic(async (on) => {
        const changed = await greet(on).execute({ personId, at });
        return changed.length === 1;
      }),

    /** Shows or hides somebody on every board. */
    hide: (personId: string, isHidden: boolean) =>
      atomic(async (on) => {
        await on.update(people).set({ isHidden }).where(eq(people.id, personId));
        for (const board of [tables.standings, tables.sums])
          await on.update(board).set({ isHidden }).where(eq(board.personId, personId));
        if (isHidden) await takePersonBack(on, tables, personId);
      }),

    setPersonZone: (personId: string, zone: string) =>
      atomic(async (on) => {
        await on.update(people).set({ zone }).where(eq(people.id, personId));
      }),

    setTeamZone: (teamId: string, zone: string) =>
      inTeam(teamId, async (on, pause) => {
        await on.update(teams).set({ zone }).where(eq(teams.id, teamId));
        await moveToZone(on, tables, { teamId, zone, pause });
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

    /**
     * Forgets a person: one row, and every row about them goes with it, and words among others' words.
     * Only codes stay of what they must not answer for points again.
     *
     * @param rows What takes back what is shown of them.
     * @param renamed Posts that named them, without the name.
     * @param alone Their workspaces without anybody else, which go too.
     */
    forget: (
      personId: string,
      {
        at,
        alone = [],
        rows = [],
        renamed = [],
      }: {
        at: Date;
        alone?: readonly string[];
        rows?: NewOutboxRow[];
        renamed?: readonly Renamed[];
      },
    ) =>
      erase(async (on) => {
        await takePersonBack(on, tables, personId);
        await emptyLiveMessages(on, tables, personId);
        await queue(on, tables, [...rows, ...(await rename(on, tables, renamed))]);
        await knownBefore.keep(on, personId, at);
        await on.delete(people).where(eq(people.id, personId));
        await removeEmptyGroups(on, tables);
        const theirs = on
          .select({ id: workspaces.teamId })
          .from(workspaces)
          .where(inArray(workspaces.id, [...alone]));
        await on.delete(teams).where(inArray(teams.id, theirs));
      }),
  };
}
