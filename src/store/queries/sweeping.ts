import {
  and,
  eq,
  gte,
  inArray,
  isNull,
  lt,
  notInArray,
  type Placeholder,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { type Connection, type Database, prepared } from '../connection.ts';
import { given, keyOf, linksOf } from './columns.ts';

/** What is kept no longer: everything from before these instants. */
export type Deadlines = {
  deliveries: Date;
  /** Messages whose sending is over. */
  messages: Date;
  /** The last use of a stored command. */
  commands: Date;
  /** The last step of a quiz, a review, or a case, which holds the words of answers; the end of a live round. */
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
    cases,
    deliveries,
    knownBefore,
    liveRounds,
    outbox,
    people,
    practices,
    savedCommands,
  } = tables;
  const { settingChanges, slackInstallations, teams, workspaceChanges, workspaces } = tables;

  /** Deletes a slice of the rows of a table. */
  const slice = (
    on: Database,
    table: SQLiteTable,
    which: SQL | undefined,
    limit: number | Placeholder,
  ) => {
    const key = sql.join(keyOf(table), sql`, `);
    return on
      .delete(table)
      .where(sql`(${key}) in (select ${key} from ${table} where ${which} limit ${limit})`)
      .returning({ one: sql`1` });
  };

  /** Deletes a slice of the rows of a table, and counts them. */
  const deleteSome = async (...given: Parameters<typeof slice>): Promise<number> =>
    (await slice(...given)).length;

  const sweepers = (
    [
      [deliveries, lt(deliveries.at, given('deliveries', deliveries.at))],
      [savedCommands, lt(savedCommands.usedAt, given('commands', savedCommands.usedAt))],
      [practices, lt(practices.touchedAt, given('practices', practices.touchedAt))],
      [cases, lt(cases.touchedAt, given('practices', cases.touchedAt))],
      [liveRounds, lt(liveRounds.endedAt, given('practices', liveRounds.endedAt))],
      [settingChanges, lt(settingChanges.at, given('settings', settingChanges.at))],
      [workspaceChanges, lt(workspaceChanges.at, given('settings', workspaceChanges.at))],
      [knownBefore, lt(knownBefore.until, given('at', knownBefore.until))],
      [
        outbox,
        and(
          inArray(outbox.state, ['sent', 'dropped', 'failed', 'lost']),
          lt(outbox.dueAt, given('messages', outbox.dueAt)),
          notInArray(outbox.what, STAYS),
        ),
      ],
    ] satisfies [SQLiteTable, SQL | undefined][]
  ).map(([table, which]) =>
    prepared((on: Database) => slice(on, table, which, sql.placeholder('limit')).prepare()),
  );

  async function sweepRows(on: Database, at: Date, before: Deadlines, limit: number) {
    let count = 0;
    for (const sweeper of sweepers)
      count += (await sweeper(on).execute({ ...before, at, limit })).length;
    return count;
  }

  const goneWorkspace = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(lt(workspaces.leftAt, given('before', workspaces.leftAt)))
      .limit(1)
      .prepare(),
  );
  const emptyTeam = prepared((from: Pick<Database, 'select'>) =>
    from
      .select({ id: teams.id })
      .from(teams)
      .leftJoin(workspaces, eq(workspaces.teamId, teams.id))
      .where(isNull(workspaces.id))
      .limit(1)
      .prepare(),
  );

  /** People whose every account belongs to a workspace that is gone, and then the workspace itself. */
  async function sweepWorkspace(on: Database, before: Date, limit: number): Promise<number> {
    const [gone] = await goneWorkspace(on).execute({ before });
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
    const [gone] = await emptyTeam(on).execute();
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
