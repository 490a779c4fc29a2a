import { and, eq, inArray, ne, or } from 'drizzle-orm';
import type { PlatformName } from '../../bot/request.ts';
import type { Connection } from '../connection.ts';

/** What hangs on a channel or thread of a platform. */
export function placeQueries({ db, tables }: Connection) {
  const { interviews, peerSessions, schedules } = tables;

  return {
    /** Interviews that are open in a place, also in its threads, and schedules that post there. */
    heldIn: async (platform: PlatformName, place: string) => ({
      interviews: await db
        .select()
        .from(interviews)
        .where(
          and(
            eq(interviews.platform, platform),
            ne(interviews.state, 'ended'),
            or(eq(interviews.channel, place), eq(interviews.thread, place)),
          ),
        ),
      peers: await db
        .select()
        .from(peerSessions)
        .where(
          and(
            eq(peerSessions.platform, platform),
            inArray(peerSessions.state, ['opening', 'waiting', 'first', 'second']),
            or(eq(peerSessions.channel, place), eq(peerSessions.thread, place)),
          ),
        ),
      schedules: await db
        .select()
        .from(schedules)
        .where(
          and(
            eq(schedules.platform, platform),
            eq(schedules.state, 'on'),
            eq(schedules.channel, place),
          ),
        ),
    }),
  };
}
