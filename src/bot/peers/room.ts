import type { NewOutboxRow, PeerSession } from '../../store/schema.ts';
import { dueNow } from '../outbox.ts';

/** The row that opens the room of a session. */
export function roomRow(
  session: Pick<
    PeerSession,
    'id' | 'teamId' | 'platform' | 'origin' | 'firstAccount' | 'secondAccount'
  >,
  at: Date,
): NewOutboxRow {
  const key = `peer-room:${session.id}`;
  return {
    key,
    teamId: session.teamId,
    platform: session.platform,
    what: 'room',
    peerId: session.id,
    outgoing: {
      kind: 'room',
      channel: session.origin,
      title: 'Peer interview',
      accounts: [session.firstAccount, session.secondAccount],
      isPrivate: true,
      key,
    },
    ...dueNow(at),
  };
}
