import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { leadLive } from '../running.ts';

export const livePause = defineCommand({
  name: 'live pause',
  summary: 'Pause the timer of a live round',
  example: 'live pause',
  visibility: 'private',
  hidden: true,
  input: z.object({
    round: z.int().min(1).optional().describe('Live round (default: the one in this channel)'),
    at: z.int().min(0).optional().describe('Step of the round when the button was shown'),
  }),

  run: ({ round, at }, context) => leadLive({ round, at }, 'pause', context),
});
