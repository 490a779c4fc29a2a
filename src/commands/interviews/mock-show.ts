import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { present } from '../../bot/interviews/interview-session.ts';
import { atItsRoom } from '../../bot/interviews/room.ts';

export const mockShow = defineCommand({
  name: 'mock show',
  summary: 'Show where the interview stands',
  example: 'mock show interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Number of the interview; the open one when left out'),
    at: z.int().min(0).optional().describe('How many turns it had when the button was shown'),
  }),
  run: ({ interview }, context) => atItsRoom(interview, context, present),
});
