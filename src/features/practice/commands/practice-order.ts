import { z } from 'zod';
import { checkStored, exampleOrder } from '../../../core/questions/check-answer.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { answerStep } from '../answering.ts';
import { practiceAbove } from '../practice-above.ts';
import { orderOf } from '../step-card.ts';

export const practiceOrder = defineCommand({
  name: 'practice order',
  summary: 'Enter the order',
  example: 'practice order in:3 step:2 letters:CABD',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    step: z.int().min(1).describe('Question in it'),
    letters: z.string().max(40).describe('Letters from first to last, like CABD'),
    try: z.int().min(1).max(9).default(1).describe('Try number'),
  }),

  formAbout: ({ in: id, step }, context) => practiceAbove(id, step, context),

  run: ({ in: id, step, letters, try: attempt }, context) =>
    answerStep(
      {
        id,
        step,
        attempt,
        read: (at) => {
          const order = orderOf(at);
          const shown = [...letters.toUpperCase().replace(/[^A-Z]/g, '')];
          const answer = shown.map((letter) => order[letter.charCodeAt(0) - 65] ?? '').join(',');
          if (!checkStored(at.question, answer))
            throw new UserError(
              `"${letters}" should use every letter once, like ${exampleOrder(order.length)}.`,
              {
                option: 'letters',
              },
            );
          return answer;
        },
      },
      context,
    ),
});
