import { dueNow } from '../../spine/outbox.ts';
import type { PlatformFacts } from '../../spine/platform.ts';
import type { Block } from '../../spine/reply.ts';
import type { NewOutboxRow, PeerSession } from '../../store/schema.ts';

/**
 * Who reads along in a room for two, said before anybody agrees: where only one person can have a private room, theirs is a
 * thread of the channel.
 */
export const readersNote = ({ privateRoom }: Pick<PlatformFacts, 'privateRoom'>): Block[] =>
  privateRoom === 'direct'
    ? [{ kind: 'note', text: 'The room is a thread that everyone in the channel can read.' }]
    : [];

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
