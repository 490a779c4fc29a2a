import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { showPosted, takeAnswer } from '../../bot/daily/answering.ts';
import { UserError } from '../../bot/errors.ts';

export const answer = defineCommand({
  name: 'answer',
  summary: 'Answer a question',
  example: 'answer 12 choice:b',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    choice: z.string().max(20).optional().describe('Option letters, in the original order'),
    try: z.int().min(1).max(9).optional().describe('Try number'),
  }),

  async run({ post, choice, try: attempt }, context) {
    if (choice === undefined) return showPosted(post, context);
    const letters = choice
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean)
      .sort();
    if (letters.length === 0 || letters.some((letter) => !/^[a-f]$/.test(letter)))
      throw new UserError(
        `"${choice}" isn't an option for this question. Select one of its buttons.`,
      );
    return takeAnswer({ postId: post, attempt: attempt ?? 1, answer: letters.join(',') }, context);
  },
});
