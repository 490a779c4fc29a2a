import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { showOrKeep } from '../../bot/daily/free-text-answers.ts';

export const answerShow = defineCommand({
  name: 'answer show',
  summary: 'Show your answer to the team after the close, or keep it back',
  example: 'answer show 12 shown:no',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Number of the question'),
    shown: z.boolean().default(true).describe('Whether it is shown with the others'),
  }),
  run: ({ post, shown }, context) => showOrKeep(post, shown, context),
});
