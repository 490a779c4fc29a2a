import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { takeTurn } from '../interviewing.ts';
import { atItsRoom } from '../room.ts';

export const mockPause = defineCommand({
  name: 'mock pause',
  summary: 'Pause the interview',
  example: 'mock pause interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Interview number. Default: your current interview.'),
    at: z.int().min(0).optional().describe('Step of the interview when the button was shown'),
  }),
  run: ({ interview, at }, context) =>
    atItsRoom(interview, context, (session) => takeTurn(session, at, { kind: 'paused' }, context)),
});
