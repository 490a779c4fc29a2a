import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { showPosted, takeAnswer } from '../../bot/daily/answering.ts';
import { UserError } from '../../bot/errors.ts';

export const answer = defineCommand({
  name: 'answer',
  summary: 'Answer a posted question',
  example: 'answer 12 choice:b',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Number of the question'),
    choice: z
      .string()
      .max(20)
      .optional()
      .describe('Letters of the options, in the order of the item'),
    try: z.int().min(1).max(9).optional().describe('Which try this is'),
  }),

  async run({ post, choice, try: attempt }, context) {
    if (choice === undefined) return showPosted(post, context);
    const letters = choice
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean)
      .sort();
    if (letters.length === 0 || letters.some((letter) => !/^[a-f]$/.test(letter)))
      throw new UserError(`"${choice}" is no option of this question. Press one of its buttons.`);
    return takeAnswer({ postId: post, attempt: attempt ?? 1, answer: letters.join(',') }, context);
  },
});
