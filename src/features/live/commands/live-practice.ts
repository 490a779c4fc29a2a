import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { practiceLive } from '../own-results.ts';

export const livePractice = defineCommand({
  name: 'live practice',
  summary: 'Practice the questions you missed in a live round',
  example: 'live practice round:7',
  visibility: 'private',
  hidden: true,
  input: z.object({
    round: z.int().min(1).optional().describe('Live round (default: the one in this channel)'),
  }),

  run: ({ round }, context) => practiceLive(round, context),
});
