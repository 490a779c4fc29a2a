import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { revealSolution } from '../answering.ts';

export const answerReveal = defineCommand({
  name: 'answer reveal',
  summary: 'Show the solution and stop earning points',
  example: 'answer reveal 12',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    more: z.boolean().default(false).describe('Explain every option'),
  }),
  run: ({ post, more }, context) => revealSolution({ postId: post, more }, context),
});
