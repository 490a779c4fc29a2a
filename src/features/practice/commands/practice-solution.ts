import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { giveUp } from '../answering.ts';

export const practiceSolution = defineCommand({
  name: 'practice solution',
  summary: 'Show the solution in a quiz or a review',
  example: 'practice solution in:3 step:2',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    step: z.int().min(1).describe('Question in it'),
  }),

  run: ({ in: id, step }, context) => giveUp({ id, step }, context),
});
