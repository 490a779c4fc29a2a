import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { goOn } from '../peering.ts';

export const peerNext = defineCommand({
  name: 'peer next',
  summary: 'Continue to the next question, the swap, or the end',
  example: 'peer next session:3 at:0 half:1',
  visibility: 'public',
  hidden: true,
  input: z.object({
    session: z.int().min(1).describe('Peer interview number'),
    at: z.int().min(0).describe('Question that was shown'),
    half: z.enum(['1', '2']).describe('Half of the interview'),
  }),
  run: ({ session, at, half }, context) => goOn(session, at, half === '1' ? 1 : 2, context),
});
