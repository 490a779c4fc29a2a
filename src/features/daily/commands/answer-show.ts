import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { showOrKeep } from '../free-text-answers.ts';

export const answerShow = defineCommand({
  name: 'answer show',
  summary: 'Share your answer when the question closes, or hide it',
  example: 'answer show 12 shown:yes',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    shown: z.boolean().default(false).describe('Whether your answer is shared'),
  }),
  run: ({ post, shown }, context) => showOrKeep(post, shown, context),
});
