import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { joinLive } from '../running.ts';

export const liveJoin = defineCommand({
  name: 'live join',
  summary: 'Take part in a live round',
  example: 'live join',
  visibility: 'private',
  hidden: true,
  input: z.object({
    round: z.int().min(1).optional().describe('Live round (default: the one in this channel)'),
  }),

  run: ({ round }, context) => joinLive(round, context),
});
