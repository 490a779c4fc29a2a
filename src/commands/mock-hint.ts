import { z } from 'zod';
import { defineCommand } from '../bot/command.ts';
import { atItsRoom } from '../bot/interview-room.ts';
import { takeTurn } from '../bot/interviewing.ts';

export const mockHint = defineCommand({
  name: 'mock hint',
  summary: 'Open the next hint',
  example: 'mock hint interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Number of the interview; the open one when left out'),
    at: z.int().min(0).optional().describe('How many turns it had when the button was shown'),
    number: z.int().min(1).max(3).default(1).describe('Which hint'),
  }),
  run: ({ interview, at, number }, context) =>
    atItsRoom(interview, context, (sitting) =>
      takeTurn(sitting, at, { kind: 'hinted', number }, context),
    ),
});
