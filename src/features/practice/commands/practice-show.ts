import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { showStep } from '../showing.ts';

export const practiceShow = defineCommand({
  name: 'practice show',
  summary: 'Go on with a quiz or a review',
  example: 'practice show in:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    step: z.int().min(1).optional().describe('Question in it (default: the next one)'),
    more: z.boolean().default(false).describe('Explain an answered question in full'),
  }),

  run: ({ in: id, step, more }, context) => showStep(id, step, context, more),
});
