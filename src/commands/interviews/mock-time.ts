import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { takeTurn } from '../../bot/interviews/interviewing.ts';
import { atItsRoom } from '../../bot/interviews/room.ts';

export const mockTime = defineCommand({
  name: 'mock time',
  summary: 'Take more time, or none at all',
  example: 'mock time interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Number of the interview; the open one when left out'),
    at: z.int().min(0).optional().describe('How many turns it had when the button was shown'),
    action: z.enum(['extend', 'off']).default('extend').describe('Ten more minutes, or no timer'),
  }),
  run: ({ interview, at, action }, context) =>
    atItsRoom(interview, context, (sitting) =>
      takeTurn(
        sitting,
        at,
        action === 'off' ? { kind: 'untimed' } : { kind: 'extended', minutes: 10 },
        context,
      ),
    ),
});
