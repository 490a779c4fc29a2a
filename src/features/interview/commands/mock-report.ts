import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { showReport } from '../ending.ts';

export const mockReport = defineCommand({
  name: 'mock report',
  summary: 'Read a report again',
  example: 'mock report interview:3',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z
      .int()
      .min(1)
      .optional()
      .describe('Interview number. Default: your current interview.'),
    show: z.enum(['short', 'all']).default('short').describe('The report, or everything in it'),
    at: z.int().min(0).optional().describe('Step of the interview when the button was shown'),
  }),
  run: async ({ interview, show }, context) => ({
    ...(await showReport(interview, context, show)),
    visibility: 'private',
  }),
});
