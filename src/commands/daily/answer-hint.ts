import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { openHint } from '../../bot/daily/answering.ts';

export const answerHint = defineCommand({
  name: 'answer hint',
  summary: 'Open the next hint of a posted question',
  example: 'answer hint 12 number:1',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Number of the question'),
    number: z.int().min(1).max(3).default(1).describe('Which hint'),
  }),
  run: ({ post, number }, context) => openHint(post, number, context),
});
