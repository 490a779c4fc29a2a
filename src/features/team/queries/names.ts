import { and, asc, eq, inArray, like, or } from 'drizzle-orm';
import type { Reply } from '../../../spine/reply.ts';
import type { Connection, Database } from '../../../store/connection.ts';
import type { NewOutboxRow, OutboxRow } from '../../../store/schema.ts';

/** A posted message that named somebody, as it is without them, and the edit that shows it; none before it is sent. */
export type Renamed = { id: number; reply: Reply; edit: NewOutboxRow | undefined };

/** Begins the keys of the edits of one message. */
const renamingKey = (id: number) => `without-name:${id}:`;

/** Posts that name people in their channels. */
export function nameQueries({ db, tables }: Connection) {
  const { livePlayers, memberships, outbox, workspaces } = tables;

  return {
    /** Digests and boards of a person's teams, and results of live rounds that they played in, as far as they are kept. */
    postsNaming: (personId: string): Promise<OutboxRow[]> => {
      const teams = db
        .select({ id: workspaces.teamId })
        .from(memberships)
        .innerJoin(workspaces, eq(workspaces.id, memberships.workspaceId))
        .where(eq(memberships.personId, personId));
      const rounds = db
        .select({ id: livePlayers.roundId })
        .from(livePlayers)
        .where(eq(livePlayers.personId, personId));
      return Promise.resolve(
        db
          .select()
          .from(outbox)
          .where(
            and(
              inArray(outbox.state, ['due', 'sent']),
              or(
                and(
                  inArray(outbox.teamId, teams),
                  inArray(outbox.what, ['digest', 'leaderboard']),
                  like(outbox.key, 'digest:%'),
                ),
                and(inArray(outbox.liveId, rounds), like(outbox.key, 'live:%:result')),
              ),
            ),
          )
          .orderBy(asc(outbox.id)),
      );
    },
  };
}

/** Stores messages without the name that they had, and in place of the edits before the new ones. */
export async function rename(
  on: Database,
  { outbox }: Pick<Connection['tables'], 'outbox'>,
  posts: readonly Renamed[],
): Promise<NewOutboxRow[]> {
  for (const { id, reply } of posts) {
    const [row] = await on.select().from(outbox).where(eq(outbox.id, id));
    if (row?.outgoing.kind !== 'post') continue;
    await on
      .update(outbox)
      .set({ outgoing: { ...row.outgoing, reply } })
      .where(eq(outbox.id, id));
    await on.delete(outbox).where(like(outbox.key, `${renamingKey(id)}%`));
  }
  return posts.flatMap(({ edit }) => edit ?? []);
}
