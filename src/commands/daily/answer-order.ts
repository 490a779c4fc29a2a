import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { findAnswerable } from '../../bot/daily/answerable.ts';
import { itemLetters, takeAnswer } from '../../bot/daily/answering.ts';
import { UserError } from '../../bot/errors.ts';
import { checkOrder } from '../../core/questions/check-answer.ts';

export const answerOrder = defineCommand({
  name: 'answer order',
  summary: 'Give the order',
  example: 'answer order 12 letters:CABD',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Number of the question'),
    letters: z.string().max(40).describe('The letters, first step first, such as CABD'),
    try: z.int().min(1).max(9).optional().describe('Which try this is'),
  }),

  async run({ post, letters, try: attempt }, context) {
    const { card } = await findAnswerable(post, context);
    const given = itemLetters(card, letters, context);
    if (card.question.format !== 'order' || !given || !checkOrder(card.question, given)) {
      throw new UserError(
        `"${letters}" does not name each step once. Type every letter once, such as CABD; this did not use up a try.`,
      );
    }
    return takeAnswer({ postId: post, attempt: attempt ?? 1, answer: given.join(',') }, context);
  },
});
