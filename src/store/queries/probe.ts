import { and, asc, count, eq, exists, gt, inArray, lte, min } from 'drizzle-orm';
import type { PlatformName } from '../../spine/request.ts';
import type { Connection } from '../connection.ts';
import { isServed } from './workspaces/workspaces.ts';

/** More than the free space inside a page, so that it needs room on the disk. */
const TRIAL = 'x'.repeat(16_384);
const HASH = 'probe';

/** What should have happened by now and did not, on one platform. */
export type Backlog = {
  /** Messages that are due and not sent. */
  waiting: number;
  /** When the oldest of them fell due. */
  waitingSince: Date | undefined;
  /** When the oldest question fell due that is not posted and not given up. */
  slotDueSince: Date | undefined;
};

export function probeQueries({ db, tables, atomic }: Connection) {
  const { savedCommands, outbox, posts, schedules, workspaces } = tables;

  /** The first slot that nobody has claimed yet. */
  const unclaimedSince = async (platform: PlatformName, at: Date): Promise<Date | undefined> => {
    const stays = db
      .select({ id: workspaces.id })
      .from(workspaces)
      .where(and(eq(workspaces.teamId, schedules.teamId), isServed(tables)));
    const [first] = await db
      .select({ at: schedules.nextDueAt })
      .from(schedules)
      .where(
        and(
          eq(schedules.state, 'on'),
          // One in the far past only has to be planned again.
          gt(schedules.nextDueAt, new Date(0)),
          lte(schedules.nextDueAt, at),
          eq(schedules.platform, platform),
          exists(stays),
        ),
      )
      .orderBy(asc(schedules.nextDueAt))
      .limit(1);
    return first?.at;
  };

  return {
    /** What is late at this instant on a platform. */
    backlog: async (platform: PlatformName, at: Date): Promise<Backlog> => {
      const [queue] = await db
        .select({ waiting: count(), since: min(outbox.dueAt) })
        .from(outbox)
        .where(and(eq(outbox.state, 'due'), lte(outbox.dueAt, at), eq(outbox.platform, platform)));
      const [claimed] = await db
        .select({ since: min(posts.dueAt) })
        .from(outbox)
        .innerJoin(posts, eq(posts.id, outbox.postId))
        .where(
          and(
            inArray(outbox.state, ['due', 'sending']),
            eq(outbox.what, 'question'),
            eq(outbox.platform, platform),
          ),
        );
      const slots = [claimed?.since, await unclaimedSince(platform, at)];
      const late = slots.flatMap((each) => (each ? [each.getTime()] : []));
      return {
        waiting: queue?.waiting ?? 0,
        waitingSince: queue?.since ?? undefined,
        slotDueSince: late.length > 0 ? new Date(Math.min(...late)) : undefined,
      };
    },

    /** Stores a few pages and takes them out again; rejects when that cannot be done. */
    probe: async (): Promise<void> => {
      await atomic((on) =>
        on
          .insert(savedCommands)
          .values({ hash: HASH, run: TRIAL, usedAt: new Date(0) })
          .onConflictDoNothing(),
      );
      await atomic((on) => on.delete(savedCommands).where(eq(savedCommands.hash, HASH)));
    },
  };
}
