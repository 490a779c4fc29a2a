import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { goOn } from '../interviewing.ts';
import { atItsRoom } from '../room.ts';

export const mockGo = defineCommand({
  name: 'mock go',
  summary: 'Continue the interview',
  example: 'mock go interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Interview number. Default: your current interview.'),
    at: z.int().min(0).optional().describe('Step of the interview when the button was shown'),
    examiner: z.boolean().optional().describe('Start with the examiner, which reads your answers'),
  }),
  run: ({ interview, at, examiner }, context) =>
    atItsRoom(interview, context, (session) => goOn(session, at, context, examiner)),
});
