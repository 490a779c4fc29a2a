import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { showPanel } from '../peering.ts';

export const peerPanel = defineCommand({
  name: 'peer panel',
  summary: "Open the interviewer's panel",
  example: 'peer panel session:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    session: z.int().min(1).describe('Peer interview number'),
    question: z.string().max(64).optional().describe('ID of the question whose panel is open'),
    hints: z.int().min(0).max(3).default(0).describe('Number of hints to show'),
    part: z
      .enum(['listen', 'ask'])
      .default('listen')
      .describe('What to listen for, or what to ask and to correct'),
    again: z.boolean().optional().describe('The panel is shown already'),
  }),
  run: async ({ session, question, hints, part, again }, context) => ({
    ...(await showPanel({ session, hints, part, ...(question ? { question } : {}) }, context)),
    ...(hints > 0 || again ? { update: true } : {}),
  }),
});
