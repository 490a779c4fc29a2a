import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { findAnswerable } from '../../bot/daily/answerable.ts';
import { itemLetters, takeAnswer } from '../../bot/daily/answering.ts';
import { questionAbove } from '../../bot/daily/question-above.ts';
import { UserError } from '../../bot/errors.ts';
import { checkOrder } from '../../core/questions/check-answer.ts';

export const answerOrder = defineCommand({
  name: 'answer order',
  summary: 'Enter the order',
  example: 'answer order 12 letters:CABD',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    letters: z.string().max(40).describe('Letters from first to last, like CABD'),
    try: z.int().min(1).max(9).optional().describe('Try number'),
  }),

  formAbout: ({ post }, context) => questionAbove(post, context),

  async run({ post, letters, try: attempt }, context) {
    const { card } = await findAnswerable(post, context);
    const given = itemLetters(card, letters, context);
    if (card.question.format !== 'order' || !given || !checkOrder(card.question, given)) {
      throw new UserError(
        `"${letters}" should use every letter once, like CABD. This didn't use a try.`,
        { option: 'letters' },
      );
    }
    return takeAnswer({ postId: post, attempt: attempt ?? 1, answer: given.join(',') }, context);
  },
});
