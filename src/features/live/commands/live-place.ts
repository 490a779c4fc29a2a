import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { showPlace } from '../own-results.ts';

export const livePlace = defineCommand({
  name: 'live place',
  summary: 'See your own place in a live round',
  example: 'live place',
  visibility: 'private',
  hidden: true,
  input: z.object({
    round: z.int().min(1).optional().describe('Live round (default: the one in this channel)'),
  }),

  run: ({ round }, context) => showPlace(round, context),
});
