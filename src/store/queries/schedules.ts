import { and, asc, eq, inArray, isNull, like, ne, type SQL } from 'drizzle-orm';
import type { Connection } from '../connection.ts';
import type { NewSchedule, Schedule } from '../schema.ts';

/** A person to whom the staff's messages go. */
export type Keeper = { personId: string; account: string };

/** Those that a team has, also when they are stopped for a while. */
const RUNNING: Schedule['state'][] = ['on', 'paused'];

export function scheduleQueries({ db, tables, atomic }: Connection) {
  const { schedules, posts, workspaces, accounts } = tables;

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

    /** Schedules that are on, of teams that still have the bot. */
    activeSchedules: async (): Promise<Schedule[]> => {
      const present = db
        .select({ teamId: workspaces.teamId })
        .from(workspaces)
        .where(isNull(workspaces.leftAt));
      return db
        .select()
        .from(schedules)
        .where(and(eq(schedules.state, 'on'), inArray(schedules.teamId, present)))
        .orderBy(asc(schedules.id));
    },

    schedule: async (id: number): Promise<Schedule | undefined> => {
      const [found] = await db.select().from(schedules).where(eq(schedules.id, id));
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
            set: change,
          })
          .returning();
        return saved;
      }),

    /** Undefined when another schedule of the team has this channel and hour. */
    changeSchedule: (id: number, change: Partial<NewSchedule>): Promise<Schedule | undefined> =>
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
          .set(change)
          .where(eq(schedules.id, id))
          .returning();
        return changed;
      }),

    /** Removes it for good; with posts it stays behind them, and its channel and hour are free. */
    deleteSchedule: (id: number) =>
      atomic(async (on) => {
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

    setScheduleState: (id: number, state: Schedule['state'], startsOn?: string) =>
      atomic(async (on) => {
        await on
          .update(schedules)
          .set({ state, ...(startsOn ? { startsOn } : {}) })
          .where(eq(schedules.id, id));
      }),

    /** Marks days without a question; a day twice is one day. */
    addDaysOff: (id: number, days: string[]) =>
      atomic(async (on) => {
        const [found] = await on.select().from(schedules).where(eq(schedules.id, id));
        if (!found) return;
        const daysOff = [...new Set([...found.daysOff, ...days])].sort();
        await on.update(schedules).set({ daysOff }).where(eq(schedules.id, id));
      }),

    /**
     * Gives a day its question back, also to a schedule that has meanwhile begun anew after that day; false
     * when it was not marked.
     */
    removeDayOff: (id: number, day: string): Promise<boolean> =>
      atomic(async (on) => {
        const [found] = await on.select().from(schedules).where(eq(schedules.id, id));
        if (!found?.daysOff.includes(day)) return false;
        const daysOff = found.daysOff.filter((each) => each !== day);
        const startsOn = day < found.startsOn ? day : found.startsOn;
        await on.update(schedules).set({ daysOff, startsOn }).where(eq(schedules.id, id));
        return true;
      }),

    /** Who keeps a team's schedules, with their accounts on one platform. */
    keepersOf: (teamId: string, platform: Schedule['platform']): Promise<Keeper[]> =>
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
