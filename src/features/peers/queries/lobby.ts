import { and, asc, eq, inArray } from 'drizzle-orm';
import { type Connection, type Database, prepared } from '../../../store/connection.ts';
import { queue } from '../../../store/queries/queue.ts';
import type {
  LobbyEntry,
  NewOutboxRow,
  NewPeerSession,
  PeerSession,
} from '../../../store/schema.ts';

export function lobbyQueries({ db, tables, atomic }: Connection) {
  const { lobby, peerSessions } = tables;
  const entries = prepared((from: Pick<Database, 'select'>) =>
    from.select().from(lobby).orderBy(asc(lobby.joinedAt), asc(lobby.personId)).prepare(),
  );

  return {
    joinLobby: (entry: LobbyEntry) =>
      atomic(async (on) => {
        const { personId: _, teamId: __, ...change } = entry;
        await on
          .insert(lobby)
          .values(entry)
          .onConflictDoUpdate({ target: [lobby.personId, lobby.teamId], set: change });
      }),

    leaveLobby: (personId: string) =>
      atomic(async (on) => {
        await on.delete(lobby).where(eq(lobby.personId, personId));
      }),

    /** Everybody who waits, first come first. */
    lobbyEntries: (): Promise<LobbyEntry[]> => Promise.resolve(entries(db).execute()),

    /** Opens a session for two of the lobby; undefined when one of them waits no longer. */
    matchPeers: (
      session: NewPeerSession,
      announce: (id: number) => NewOutboxRow[],
    ): Promise<PeerSession | undefined> =>
      atomic(async (on) => {
        const isOneOfTwo = inArray(lobby.personId, [session.firstId, session.secondId]);
        const waiting = await on
          .select()
          .from(lobby)
          .where(and(isOneOfTwo, eq(lobby.teamId, session.teamId)));
        if (waiting.length < 2) return undefined;
        const [added] = await on.insert(peerSessions).values(session).returning();
        if (!added) return undefined;
        await on.delete(lobby).where(isOneOfTwo);
        await queue(on, tables, announce(added.id));
        return added;
      }),
  };
}
