import { z } from 'zod';
import { HINT_PRICES } from '../../../core/interview/item-report.ts';
import { currentItem } from '../../../core/interview/state.ts';
import { defineCommand } from '../../../spine/command.ts';
import type { InterviewSession } from '../interview-session.ts';
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
    atItsRoom(interview, context, (sitting) =>
      takeTurn(sitting, at, { kind: 'hinted', number: number ?? nextHint(sitting) }, context),
    ),
});

function nextHint({ state }: InterviewSession): number {
  return Math.min((currentItem(state)?.hints ?? 0) + 1, HINT_PRICES.length);
}
