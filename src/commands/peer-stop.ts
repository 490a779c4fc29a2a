import { z } from 'zod';
import { defineCommand } from '../bot/command.ts';
import { findPeer } from '../bot/peer-session.ts';
import { showShared } from '../bot/peering.ts';

export const peerStop = defineCommand({
  name: 'peer stop',
  summary: 'Stop a peer interview and go to the feedback',
  example: 'peer stop session:3',
  visibility: 'public',
  hidden: true,
  input: z.object({ session: z.int().min(1).describe('Number of the peer interview') }),

  async run({ session: id }, context) {
    const { session } = await findPeer(id, context);
    const moved = await context.store.movePeerSession({
      id,
      from: ['first', 'second'],
      set: { state: 'feedback' },
    });
    return showShared(moved ?? session, context);
  },
});
