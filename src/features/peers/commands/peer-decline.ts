import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { directRow } from '../../../spine/outbox.ts';
import { say } from '../../../spine/reply.ts';
import { lobbyButton } from '../cards.ts';
import { findPeer, namesOf, ownInvitation, settledBefore } from '../session.ts';

export const peerDecline = defineCommand({
  name: 'peer decline',
  summary: 'Decline a peer interview',
  example: 'peer decline session:3',
  visibility: 'private',
  hidden: true,
  input: z.object({ session: z.int().min(1).describe('Peer interview number') }),

  async run({ session: id }, context) {
    const { session, role } = await findPeer(id, context);
    if (role === 'first') return ownInvitation(session, context);
    const moved = await context.store.movePeerSession({
      id,
      from: ['invited'],
      set: { state: 'declined' },
      rows: [
        directRow({
          key: `declined:${id}`,
          teamId: session.teamId,
          platform: session.platform,
          peerId: id,
          personId: session.firstId,
          account: session.firstAccount,
          reply: {
            blocks: [
              {
                kind: 'text',
                text: `${context.person.name} doesn't have time for a mock interview right now.`,
              },
              {
                kind: 'buttons',
                buttons: [lobbyButton({}, 'Find another partner')],
              },
            ],
          },
          at: context.clock.now(),
        }),
      ],
    });
    if (!moved) return settledBefore(session, context);
    context.wake();
    const { first } = await namesOf(session, context);
    return { ...say(`Declined. I've let ${first} know.`), update: true };
  },
});
