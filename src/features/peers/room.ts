import { dueNow } from '../../spine/outbox.ts';
import type { PlatformFacts } from '../../spine/platform.ts';
import type { Block } from '../../spine/reply.ts';
import type { NewOutboxRow, PeerSession } from '../../store/schema.ts';

/** Where the room for two is that isn't beside the channel, said before anybody agrees. */
export const roomNote = ({ privateRoom }: Pick<PlatformFacts, 'privateRoom'>): Block[] =>
  privateRoom === 'direct'
    ? [{ kind: 'note', text: 'The room is a group message: only you two and I are in it.' }]
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
