import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { endLive } from '../running.ts';

export const liveEnd = defineCommand({
  name: 'live end',
  summary: 'End a live round for everyone',
  example: 'live end',
  visibility: 'private',
  hidden: true,
  input: z.object({
    round: z.int().min(1).optional().describe('Live round (default: the one in this channel)'),
    confirm: z.boolean().default(false).describe('Confirm ending'),
  }),

  run: ({ round, confirm }, context) => endLive({ round, confirm }, context),
});
