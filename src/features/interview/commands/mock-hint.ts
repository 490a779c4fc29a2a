import { z } from 'zod';
import { HINT_PRICES, nextHint } from '../../../core/interview/state.ts';
import { defineCommand } from '../../../spine/command.ts';
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
    // Where there is no hint left to open, 0 changes nothing.
    atItsRoom(interview, context, (sitting) => {
      const hinted = { kind: 'hinted', number: number ?? nextHint(sitting.state) ?? 0 } as const;
      return takeTurn(sitting, at, hinted, context);
    }),
});
