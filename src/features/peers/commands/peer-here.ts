import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { here } from '../peering.ts';

export const peerHere = defineCommand({
  name: 'peer here',
  summary: "Say that you're here",
  example: 'peer here session:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    session: z.int().min(1).describe('Peer interview number'),
  }),
  run: ({ session }, context) => here(session, context),
});
