import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { openHint } from '../answering.ts';

export const answerHint = defineCommand({
  name: 'answer hint',
  summary: 'Show the next hint for a question',
  example: 'answer hint 12 number:1',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    number: z.int().min(1).max(3).default(1).describe('Hint number'),
  }),
  run: ({ post, number }, context) => openHint(post, number, context),
});
