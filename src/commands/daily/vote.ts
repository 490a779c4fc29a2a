import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { castVote } from '../../bot/daily/voting.ts';

export const vote = defineCommand({
  name: 'vote',
  summary: 'Vote for the best answer to an open question',
  example: 'vote 12 number:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Number of the question'),
    number: z.int().min(1).describe('Number of the answer'),
  }),
  run: ({ post, number }, context) => castVote({ postId: post, number }, context),
});
