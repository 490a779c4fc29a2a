import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { takeTurn } from '../interviewing.ts';
import { atItsRoom } from '../room.ts';

export const mockBack = defineCommand({
  name: 'mock back',
  summary: 'Change your last answer',
  example: 'mock back interview:3',
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
    atItsRoom(interview, context, (session) =>
      takeTurn(session, at, { kind: 'taken-back' }, context),
    ),
});
