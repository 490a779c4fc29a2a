import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { say } from '../../../spine/reply.ts';
import { peerQuestions } from '../inviting.ts';
import { roomRow } from '../room.ts';
import { findPeer, ownInvitation, settledBefore } from '../session.ts';

export const peerAccept = defineCommand({
  name: 'peer accept',
  summary: 'Accept a peer interview',
  example: 'peer accept session:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    session: z.int().min(1).describe('Peer interview number'),
    level: z.enum(['easy', 'medium', 'hard']).optional().describe('Difficulty of the questions'),
  }),

  async run({ session: id, level }, context) {
    const { session, role } = await findPeer(id, context);
    if (role === 'first') return ownInvitation(session, context);
    const { store, clock, catalogOf, seed } = context;
    const at = clock.now();
    const catalog = await catalogOf(session.teamId);
    const questions = await peerQuestions({ store, catalog }, session, { seed, level });
    if (questions[0].length === 0)
      throw new UserError(
        "There aren't enough free-text questions left for 2 people. Ask an admin to add more.",
      );
    const moved = await store.movePeerSession({
      id,
      from: ['invited'],
      set: { state: 'opening', questions },
      rows: [roomRow(session, at)],
    });
    if (!moved) return settledBefore(session, context);
    context.emit({ kind: 'interview', interview: `peer ${id}`, step: 'accepted' });
    context.wake();
    return { ...say('Accepted. Your room is opening now.'), update: true };
  },
});
