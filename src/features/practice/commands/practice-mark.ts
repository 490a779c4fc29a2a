import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { markStep } from '../answering.ts';

export const practiceMark = defineCommand({
  name: 'practice mark',
  summary: "Mark key points that you said, or didn't",
  example: 'practice mark in:3 step:2 points:kv-heads',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    step: z.int().min(1).describe('Question in it'),
    points: z.string().max(300).describe('IDs of the key points'),
  }),

  run: ({ in: id, step, points }, context) =>
    markStep({ id, step, points: points.split(',') }, context),
});
