import { and, eq, gte, inArray, isNull, lt, notInArray, type SQL, sql } from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import type { Connection, Database } from '../connection.ts';
import { keyOf, linksOf } from './columns.ts';

/** What is kept no longer: everything from before these instants. */
export type Deadlines = {
  deliveries: Date;
  /** Messages whose sending is over. */
  messages: Date;
  /** The last use of a stored command. */
  commands: Date;
  /** The last step of a quiz or a review, which holds the words of answers; the end of a live round. */
  practices: Date;
  /** A change of a setting, or of a whole workspace. */
  settings: Date;
  /** When the bot was removed from a workspace. */
  departures: Date;
};

/** Messages that go with what they show: answers and results can be taken back, and a report is shared once. */
const STAYS = ['answers', 'report', 'result'];

export function sweepingQueries({ tables, erase }: Connection) {
  const {
    accounts,
    deliveries,
    knownBefore,
    liveRounds,
    outbox,
    people,
    practices,
    savedCommands,
  } = tables;
  const { settingChanges, slackInstallations, teams, workspaceChanges, workspaces } = tables;

  /** Deletes a slice of the rows of a table, and counts them. */
  async function deleteSome(
    on: Database,
    table: SQLiteTable,
    which: SQL | undefined,
    limit: number,
  ): Promise<number> {
    const key = sql.join(keyOf(table), sql`, `);
    const slice = sql`(${key}) in (select ${key} from ${table} where ${which} limit ${limit})`;
    return (await on.delete(table).where(slice).returning({ one: sql`1` })).length;
  }

  async function sweepRows(on: Database, at: Date, before: Deadlines, limit: number) {
    const old: [SQLiteTable, SQL | undefined][] = [
      [deliveries, lt(deliveries.at, before.deliveries)],
      [savedCommands, lt(savedCommands.usedAt, before.commands)],
      [practices, lt(practices.touchedAt, before.practices)],
      [liveRounds, lt(liveRounds.endedAt, before.practices)],
      [settingChanges, lt(settingChanges.at, before.settings)],
      [workspaceChanges, lt(workspaceChanges.at, before.settings)],
      [knownBefore, lt(knownBefore.until, at)],
      [
        outbox,
        and(
          inArray(outbox.state, ['sent', 'dropped', 'failed', 'lost']),
          lt(outbox.dueAt, before.messages),
          notInArray(outbox.what, STAYS),
        ),
      ],
    ];
    let count = 0;
    for (const [table, which] of old) count += await deleteSome(on, table, which, limit);
    return count;
  }

  /** People whose every account belongs to a workspace that is gone, and then the workspace itself. */
  async function sweepWorkspace(on: Database, before: Date, limit: number): Promise<number> {
    const [gone] = await on
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(lt(workspaces.leftAt, before))
      .limit(1);
    if (!gone) return 0;
    // An account of a workspace is named after it, `slack:T1/U1`; the sign after "/" is "0".
    const within = and(gte(accounts.id, `${gone.id}/`), lt(accounts.id, `${gone.id}0`));
    const members = on
      .select({ id: accounts.personId })
      .from(accounts)
      .where(
        and(
          within,
          sql`not exists (select 1 from accounts other where other.person_id = ${accounts.personId}
            and not (other.id >= ${`${gone.id}/`} and other.id < ${`${gone.id}0`}))`,
        ),
      )
      .limit(limit);
    const left = await deleteSome(on, people, inArray(people.id, members), limit);
    if (left > 0) return left;
    await on.delete(slackInstallations).where(eq(slackInstallations.id, gone.id));
    return deleteSome(on, workspaces, eq(workspaces.id, gone.id), 1);
  }

  /** The rows of a team that has no workspace any more, and then the team itself. */
  async function sweepTeam(on: Database, limit: number): Promise<number> {
    const [gone] = await on
      .select({ id: teams.id })
      .from(teams)
      .leftJoin(workspaces, eq(workspaces.teamId, teams.id))
      .where(isNull(workspaces.id))
      .limit(1);
    if (!gone) return 0;
    let count = 0;
    for (const { table, column } of ofTeams(tables))
      count += await deleteSome(on, table, eq(column, gone.id), limit);
    if (count > 0) return count;
    return deleteSome(on, teams, eq(teams.id, gone.id), 1);
  }

  return {
    /**
     * Deletes a slice of what is kept no longer.
     *
     * @param limit Rows of each kind; what hangs on a person or a post goes along with it.
     * @returns How many rows were found; 0 when nothing is left.
     */
    sweep: ({ at, before, limit }: { at: Date; before: Deadlines; limit: number }) =>
      erase(async (on) => {
        // Commands from before uses were noted count as used now.
        await on.update(savedCommands).set({ usedAt: at }).where(isNull(savedCommands.usedAt));
        return (
          (await sweepRows(on, at, before, limit)) +
          (await sweepWorkspace(on, before.departures, limit)) +
          (await sweepTeam(on, limit))
        );
      }),
  };
}

/** The columns that say to which team a row belongs. */
function ofTeams(tables: Connection['tables']) {
  return Object.values(tables).flatMap((table: SQLiteTable) =>
    linksOf(tables, table).flatMap(({ column, to }) =>
      to === tables.teams && table !== tables.workspaces ? [{ table, column }] : [],
    ),
  );
}
