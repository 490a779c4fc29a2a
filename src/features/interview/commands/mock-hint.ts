import { z } from 'zod';
import { HINT_PRICES } from '../../../core/interview/state.ts';
import { defineCommand } from '../../../spine/command.ts';
import { hintTurn } from '../grading.ts';
import { takeTurn } from '../interviewing.ts';
import { atItsRoom } from '../room.ts';

export const mockHint = defineCommand({
  name: 'mock hint',
  summary: 'Show the next hint',
  example: 'mock hint interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Interview number. Default: your current interview.'),
    at: z.int().min(0).optional().describe('Step of the interview when the button was shown'),
    number: z
      .int()
      .min(1)
      .max(HINT_PRICES.length)
      .optional()
      .describe('Hint number. Default: the next one.'),
  }),
  run: ({ interview, at, number }, context) =>
    atItsRoom(interview, context, async (session) =>
      takeTurn(session, at, await hintTurn(session, number, context), context),
    ),
});
