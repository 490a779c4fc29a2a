import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { tickPoints } from '../free-text-answers.ts';

export const answerPoints = defineCommand({
  name: 'answer points',
  summary: 'Mark key points that your answer made',
  example: 'answer points 12 points:kv-heads',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    points: z.string().max(300).describe('Ids of the key points'),
  }),
  run: ({ post, points }, context) => tickPoints(post, points.split(','), context),
});
