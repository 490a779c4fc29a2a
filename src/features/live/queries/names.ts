import { and, eq, inArray, or } from 'drizzle-orm';
import type { Connection, Database } from '../../../store/connection.ts';

/**
 * Takes the words out of kept messages of the live rounds that a person led or played in: they name them. The rows stay,
 * since they know which message a later step edits.
 */
export async function emptyLiveMessages(
  on: Database,
  { liveRounds, livePlayers, outbox }: Connection['tables'],
  personId: string,
): Promise<void> {
  const played = on
    .select({ id: livePlayers.roundId })
    .from(livePlayers)
    .where(eq(livePlayers.personId, personId));
  const led = on
    .select({ id: liveRounds.id })
    .from(liveRounds)
    .where(eq(liveRounds.hostId, personId));
  const rows = await on
    .select({ id: outbox.id, outgoing: outbox.outgoing })
    .from(outbox)
    .where(
      and(
        or(inArray(outbox.liveId, played), inArray(outbox.liveId, led)),
        inArray(outbox.state, ['sent', 'failed', 'lost', 'dropped']),
      ),
    );
  for (const { id, outgoing } of rows)
    if ('reply' in outgoing)
      await on
        .update(outbox)
        .set({ outgoing: { ...outgoing, reply: { blocks: [] } } })
        .where(eq(outbox.id, id));
}
