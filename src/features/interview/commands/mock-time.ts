import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { takeTurn } from '../interviewing.ts';
import { atItsRoom } from '../room.ts';

export const mockTime = defineCommand({
  name: 'mock time',
  summary: 'Add time or turn off the timer',
  example: 'mock time interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Interview number. Default: your current interview.'),
    at: z.int().min(0).optional().describe('Step of the interview when the button was shown'),
    action: z
      .enum(['extend', 'off'])
      .default('extend')
      .describe('Add 10 minutes, or turn off the timer'),
  }),
  run: ({ interview, at, action }, context) =>
    atItsRoom(interview, context, (session) =>
      takeTurn(
        session,
        at,
        action === 'off' ? { kind: 'untimed' } : { kind: 'extended', minutes: 10 },
        context,
      ),
    ),
});
