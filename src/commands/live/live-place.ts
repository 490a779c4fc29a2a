import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { showPlace } from '../../bot/live/own-results.ts';

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
