import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { leadLive } from '../running.ts';

export const liveNext = defineCommand({
  name: 'live next',
  summary: 'Start a live round, close its question, or ask the next one',
  example: 'live next',
  visibility: 'private',
  hidden: true,
  input: z.object({
    round: z.int().min(1).optional().describe('Live round (default: the one in this channel)'),
    at: z.int().min(0).optional().describe('Step of the round when the button was shown'),
  }),

  run: ({ round, at }, context) => leadLive({ round, at }, 'next', context),
});
