import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import { peerQuestions } from '../../bot/peers/inviting.ts';
import { roomRow } from '../../bot/peers/room.ts';
import { findPeer, NOT_YOURS, settledBefore } from '../../bot/peers/session.ts';
import { say } from '../../bot/reply.ts';

export const peerAccept = defineCommand({
  name: 'peer accept',
  summary: 'Take part in a peer interview',
  example: 'peer accept session:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    session: z.int().min(1).describe('Number of the peer interview'),
    level: z.enum(['easy', 'medium', 'hard']).optional().describe('Hardness of the questions'),
  }),

  async run({ session: id, level }, context) {
    const { session, role } = await findPeer(id, context);
    if (role === 'first') return say(NOT_YOURS);
    const { store, clock, catalogOf, seed } = context;
    const at = clock.now();
    const catalog = await catalogOf(session.teamId);
    const questions = await peerQuestions({ store, catalog }, session, { seed, level });
    if (questions[0].length === 0)
      throw new UserError(
        'There are too few open questions left for two. Ask whoever looks after the bank for more.',
      );
    const moved = await store.movePeerSession({
      id,
      from: ['invited'],
      set: { state: 'opening', questions },
      rows: [roomRow(session, at)],
    });
    if (!moved) return settledBefore(session);
    context.emit({ kind: 'interview', interview: `peer ${id}`, step: 'accepted' });
    context.wake();
    return { ...say('Good. A room opens for the two of you now.'), update: true };
  },
});
