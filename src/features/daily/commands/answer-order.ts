import { z } from 'zod';
import { exampleOrder } from '../../../core/questions/check-answer.ts';
import { defineCommand } from '../../../spine/command.ts';
import { itemLetters, takeAnswer } from '../answering.ts';
import { questionAbove } from '../question-above.ts';

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

  run: ({ post, letters, try: attempt = 1 }, context) =>
    takeAnswer(
      {
        postId: post,
        attempt: () => attempt,
        read: (card) =>
          card.question.format === 'order'
            ? itemLetters(card, letters, context)?.join(',')
            : undefined,
        option: 'letters',
        refusal: (question) =>
          `"${letters}" should use every letter once, like ${exampleOrder(question.format === 'order' ? question.steps.length : 4)}. This didn't use a try.`,
      },
      context,
    ),
});
