import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { present } from '../interview-session.ts';
import { atItsRoom } from '../room.ts';

export const mockShow = defineCommand({
  name: 'mock show',
  summary: 'Show the current step of the interview',
  example: 'mock show interview:3',
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
  // It takes the place of the message that led to it: a second press shows no second card.
  run: ({ interview }, context) =>
    atItsRoom(interview, context, (session) => ({ ...present(session), update: true })),
});
