import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { hintStep } from '../answering.ts';

export const practiceHint = defineCommand({
  name: 'practice hint',
  summary: 'Open a hint in a quiz or a review',
  example: 'practice hint in:3 step:2 number:1',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    step: z.int().min(1).describe('Question in it'),
    number: z.int().min(1).max(3).describe('Which hint'),
  }),

  run: ({ in: id, step, number }, context) => hintStep({ id, step, number }, context),
});
