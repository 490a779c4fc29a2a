import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { directRow } from '../../bot/outbox.ts';
import { findPeer, NOT_YOURS, settledBefore } from '../../bot/peers/session.ts';
import { say } from '../../bot/reply.ts';

export const peerDecline = defineCommand({
  name: 'peer decline',
  summary: 'Say no to a peer interview',
  example: 'peer decline session:3',
  visibility: 'private',
  hidden: true,
  input: z.object({ session: z.int().min(1).describe('Number of the peer interview') }),

  async run({ session: id }, context) {
    const { session, role } = await findPeer(id, context);
    if (role === 'first') return say(NOT_YOURS);
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
                text: `${context.person.name} has no time for a mock interview now.`,
              },
              {
                kind: 'buttons',
                buttons: [{ label: 'Match me with somebody else', run: 'mock lobby' }],
              },
            ],
          },
          at: context.clock.now(),
        }),
      ],
    });
    if (!moved) return settledBefore(session);
    context.wake();
    return { ...say('I have said so, kindly.'), update: true };
  },
});
