import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { castVote } from '../voting.ts';

export const vote = defineCommand({
  name: 'vote',
  summary: 'Vote for the best answer to a free-text question',
  example: 'vote 12 number:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    number: z.int().min(1).describe('Answer number'),
  }),
  run: ({ post, number }, context) => castVote({ postId: post, number }, context),
});
