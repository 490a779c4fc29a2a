import type { Clock } from '../core/time.ts';
import type { NewOutboxRow, PeerSession } from '../store/schema.ts';
import { dueNow } from './outbox.ts';
import type { Reply } from './reply.ts';
import type { PlatformName } from './request.ts';

/** A direct message as an outbox row. */
export function direct(
  {
    team,
    platform,
    clock,
  }: { team: { id: string }; platform: { name: PlatformName }; clock: Clock },
  message: {
    /** What the other has to hear of, or can be read elsewhere, when it does not arrive. */
    what?: 'invitation' | 'feedback';
    key: string;
    account: string;
    personId: string;
    peerId: number;
    reply: Reply;
  },
): NewOutboxRow {
  const at = clock.now();
  return {
    key: message.key,
    teamId: team.id,
    personId: message.personId,
    platform: platform.name,
    what: message.what ?? 'notice',
    peerId: message.peerId,
    outgoing: { kind: 'direct', account: message.account, reply: message.reply, key: message.key },
    ...dueNow(at),
  };
}

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
