import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import type { Reply } from '../../../spine/reply.ts';
import { showAgain, showShared } from '../peering.ts';
import { findPeer, namesOf, otherOf } from '../session.ts';

export const peerStop = defineCommand({
  name: 'peer stop',
  summary: 'Stop a peer interview and go to the feedback',
  example: 'peer stop session:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    session: z.int().min(1).describe('Peer interview number'),
    confirm: z.boolean().optional().describe('Confirm stopping'),
  }),

  async run({ session: id, confirm }, context) {
    const { session, role } = await findPeer(id, context);
    const isOn = session.state === 'first' || session.state === 'second';
    if (isOn && !confirm) {
      const names = await namesOf(session, context);
      return ask(id, names[otherOf(role)]);
    }
    const moved = await context.store.movePeerSession({
      id,
      from: ['first', 'second'],
      set: { state: 'feedback' },
    });
    if (moved) return showShared(moved, context);
    return showAgain((await context.store.peerSession(id)) ?? session, context);
  },
});

/** For the one who pressed alone: it ends for both, and nothing brings it back. */
function ask(session: number, other: string): Reply {
  return {
    title: 'Stop the interview for both of you?',
    visibility: 'private',
    blocks: [
      {
        kind: 'text',
        text: `It ends for ${other} too, and you can't resume it. Feedback comes next.`,
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Stop interview',
            run: `peer stop session:${session} confirm:yes`,
            style: 'danger',
          },
        ],
      },
    ],
  };
}
