import { isDeepStrictEqual } from 'node:util';
import {
  and,
  asc,
  eq,
  exists,
  gte,
  inArray,
  like,
  lte,
  ne,
  type SQL,
  type SQLWrapper,
  sql,
} from 'drizzle-orm';
import { nextSlots } from '../../../core/slots.ts';
import { dayIn } from '../../../core/time.ts';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { given } from '../../../store/queries/columns.ts';
import { isServed } from '../../../store/queries/workspaces/workspaces.ts';
import type { NewSchedule, NewSettingChange, Schedule } from '../../../store/schema.ts';
import { noteChanges } from './setting-changes.ts';

/** A person to whom the staff's messages go. */
export type ScheduleAdmin = { personId: string; account: string };

/** Those that a team has, also when they are stopped for a while. */
const RUNNING: Schedule['state'][] = ['on', 'paused'];

/** A schedule without a slot for so long ahead is looked at again then. */
const YEAR_MS = 365 * 24 * 3_600_000;

export function scheduleQueries({ db, tables, atomic, claim, earlier }: Connection) {
  const { schedules, posts, workspaces, accounts } = tables;
  type Reader = Pick<Database, 'select'>;
  const id = sql.placeholder('id');

  /** The next tick looks. Never the same value twice: somebody who is just looking must see that it changed. */
  const farPast = sql.param(new Date(0), schedules.nextDueAt);
  const lookAgain = {
    nextDueAt: earlier(
      sql`case when ${schedules.nextDueAt} > ${farPast} then ${farPast} else ${schedules.nextDueAt} end`,
      1,
    ),
  };

  const due = (from: Reader, at: Date | SQLWrapper) =>
    from
      .select({ id: schedules.id })
      .from(schedules)
      .where(
        and(
          eq(schedules.state, 'on'),
          lte(schedules.nextDueAt, at),
          exists(
            from
              .select({ id: workspaces.id })
              .from(workspaces)
              .where(and(eq(workspaces.teamId, schedules.teamId), isServed(tables))),
          ),
        ),
      )
      // A team is not to be looked at by two processes at once.
      .orderBy(asc(schedules.nextDueAt), asc(schedules.teamId), asc(schedules.id));
  const allDue = prepared((from: Reader) => due(from, given('at', schedules.nextDueAt)).prepare());
  const byId = prepared((from: Reader) =>
    from.select().from(schedules).where(eq(schedules.id, id)).prepare(),
  );
  const slots = prepared((from: Reader) =>
    from
      .select({ day: posts.day, state: posts.state, dueAt: posts.dueAt })
      .from(posts)
      .where(and(eq(posts.scheduleId, id), gte(posts.day, sql.placeholder('day'))))
      .orderBy(asc(posts.day))
      .prepare(),
  );
  const plan = prepared((on: Database) =>
    on
      .update(schedules)
      .set({ nextDueAt: sql`${given('at', schedules.nextDueAt)}` })
      .where(eq(schedules.id, id))
      .prepare(),
  );

  const ofTeam = (teamId: string, which: SQL): Promise<Schedule[]> =>
    Promise.resolve(
      db
        .select()
        .from(schedules)
        .where(and(eq(schedules.teamId, teamId), which))
        .orderBy(asc(schedules.id)),
    );

  return {
    schedulesOf: (teamId: string) => ofTeam(teamId, inArray(schedules.state, RUNNING)),

    /** Planned and never turned on. */
    scheduleDrafts: (teamId: string) => ofTeam(teamId, eq(schedules.state, 'draft')),

    /** They keep their channel and hour until they are turned on again. */
    schedulesOff: (teamId: string) => ofTeam(teamId, eq(schedules.state, 'off')),

    /** Ids of the schedules that are on and due, of teams that still have the bot; the longest due first. */
    dueSchedules: async (at: Date): Promise<number[]> => {
      const rows = await allDue(db).execute({ at });
      return rows.map((row) => row.id);
    },

    /** Takes some of them, the longest due first: no other process gets them until they are planned, or until then. */
    takeDueSchedules: ({
      at,
      until,
      limit,
    }: {
      at: Date;
      until: Date;
      limit: number;
    }): Promise<Schedule[]> =>
      claim(async (on, free) => {
        const ids = (await free(due(on, at).limit(limit))).map((row) => row.id);
        return ids.length === 0
          ? []
          : on
              .update(schedules)
              .set({ nextDueAt: until })
              .where(inArray(schedules.id, ids))
              .returning();
      }),

    /** The slots of a schedule from a day on, oldest first. */
    slotsSince: (scheduleId: number, day: string) =>
      Promise.resolve(slots(db).execute({ id: scheduleId, day })),

    /** Notes when schedules that were looked at fall due next; one that changed meanwhile is looked at again. */
    planNext: (looked: readonly Schedule[], after: Date) =>
      claim(async (on, free) => {
        const ids = looked.map((schedule) => schedule.id);
        const found = await free(on.select().from(schedules).where(inArray(schedules.id, ids)));
        const fresh = new Map(found.map((schedule) => [schedule.id, schedule]));
        for (const schedule of looked) {
          if (!isDeepStrictEqual(fresh.get(schedule.id), schedule)) continue;
          const today = dayIn(after, schedule.zone);
          const taken = await slots(on).execute({ id: schedule.id, day: today });
          const [next] = nextSlots(schedule, after, 1, new Set(taken.map(({ day }) => day)));
          const at = next?.at ?? new Date(after.getTime() + YEAR_MS);
          await plan(on).execute({ id: schedule.id, at });
        }
      }),

    /** The clock or the rules of the zones may have changed: the next tick looks at every schedule. */
    lookAtAllSchedules: () =>
      atomic(async (on) => {
        await on.update(schedules).set(lookAgain).where(eq(schedules.state, 'on'));
      }),

    schedule: async (id: number): Promise<Schedule | undefined> => {
      const [found] = await byId(db).execute({ id });
      return found;
    },

    /** Adds a schedule; the same channel and hour once more changes the one that is there. */
    addSchedule: (schedule: NewSchedule): Promise<Schedule | undefined> =>
      atomic(async (on) => {
        const { createdAt, ...change } = schedule;
        const [saved] = await on
          .insert(schedules)
          .values(schedule)
          .onConflictDoUpdate({
            target: [schedules.platform, schedules.channel, schedules.time, schedules.teamId],
            set: { ...change, ...lookAgain },
          })
          .returning();
        return saved;
      }),

    /** Undefined when another schedule of the team has this channel and hour. */
    changeSchedule: (
      id: number,
      change: Partial<NewSchedule>,
      noted: readonly NewSettingChange[] = [],
    ): Promise<Schedule | undefined> =>
      atomic(async (on) => {
        const [before] = await on.select().from(schedules).where(eq(schedules.id, id));
        if (!before) return undefined;
        const after = { ...before, ...change };
        const twins = await on
          .select({ id: schedules.id, state: schedules.state })
          .from(schedules)
          .where(
            and(
              eq(schedules.platform, after.platform),
              eq(schedules.channel, after.channel),
              eq(schedules.time, after.time),
              eq(schedules.teamId, after.teamId),
              ne(schedules.id, id),
            ),
          );
        if (twins.some(({ state }) => state !== 'draft')) return undefined;
        // Nobody misses a plan whose place is taken.
        for (const twin of twins) await on.delete(schedules).where(eq(schedules.id, twin.id));
        const [changed] = await on
          .update(schedules)
          .set({ ...change, ...lookAgain })
          .where(eq(schedules.id, id))
          .returning();
        await noteChanges(on, tables, noted);
        return changed;
      }),

    /** Removes it for good; with posts it stays behind them, and its channel and hour are free. */
    deleteSchedule: (id: number, noted: readonly NewSettingChange[] = []) =>
      atomic(async (on) => {
        await noteChanges(on, tables, noted);
        const [post] = await on
          .select({ id: posts.id })
          .from(posts)
          .where(eq(posts.scheduleId, id))
          .limit(1);
        if (!post) await on.delete(schedules).where(eq(schedules.id, id));
        else
          await on
            .update(schedules)
            .set({ state: 'deleted', time: `deleted ${id}` })
            .where(eq(schedules.id, id));
      }),

    setScheduleState: (
      id: number,
      { state, startsOn }: { state: Schedule['state']; startsOn?: string },
      noted: readonly NewSettingChange[] = [],
    ) =>
      atomic(async (on) => {
        await noteChanges(on, tables, noted);
        await on
          .update(schedules)
          .set({ state, ...(startsOn ? { startsOn } : {}), ...lookAgain })
          .where(eq(schedules.id, id));
      }),

    /** Marks days without a question; a day twice is one day. */
    addDaysOff: (id: number, days: string[], noted: readonly NewSettingChange[] = []) =>
      atomic(async (on) => {
        await noteChanges(on, tables, noted);
        const [found] = await on.select().from(schedules).where(eq(schedules.id, id));
        if (!found) return;
        const daysOff = [...new Set([...found.daysOff, ...days])].sort();
        await on
          .update(schedules)
          .set({ daysOff, ...lookAgain })
          .where(eq(schedules.id, id));
      }),

    /**
     * Gives a day its question back, also to a schedule that has meanwhile begun anew after that day; false
     * when it was not marked.
     */
    removeDayOff: (
      id: number,
      day: string,
      noted: readonly NewSettingChange[] = [],
    ): Promise<boolean> =>
      atomic(async (on) => {
        const [found] = await on.select().from(schedules).where(eq(schedules.id, id));
        if (!found?.daysOff.includes(day)) return false;
        await noteChanges(on, tables, noted);
        const daysOff = found.daysOff.filter((each) => each !== day);
        const startsOn = day < found.startsOn ? day : found.startsOn;
        await on
          .update(schedules)
          .set({ daysOff, startsOn, ...lookAgain })
          .where(eq(schedules.id, id));
        return true;
      }),

    /** Who keeps a team's schedules, with their accounts on one platform. */
    keepersOf: (teamId: string, platform: Schedule['platform']): Promise<ScheduleAdmin[]> =>
      Promise.resolve(
        db
          .selectDistinct({ personId: accounts.personId, account: accounts.id })
          .from(schedules)
          .innerJoin(accounts, eq(accounts.personId, schedules.keeperId))
          .where(
            and(
              eq(schedules.teamId, teamId),
              inArray(schedules.state, RUNNING),
              like(accounts.id, `${platform}:%`),
            ),
          )
          .orderBy(asc(accounts.id)),
      ),
  };
}
