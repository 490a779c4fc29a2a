import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { endPractice } from '../showing.ts';

export const practiceEnd = defineCommand({
  name: 'practice end',
  summary: 'End a quiz or a review',
  example: 'practice end in:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
  }),

  run: ({ in: id }, context) => endPractice(id, context),
});
