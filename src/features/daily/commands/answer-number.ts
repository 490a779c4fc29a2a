import { z } from 'zod';
import { FREE, numberRefusal, readNumberFor } from '../../../session/number-input.ts';
import { defineCommand } from '../../../spine/command.ts';
import { takeAnswer } from '../answering.ts';
import { questionAbove } from '../question-above.ts';

export const answerNumber = defineCommand({
  name: 'answer number',
  summary: 'Enter the number',
  example: 'answer number 12 value:"16 GiB"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Question number'),
    value: z.string().max(60).describe('A number with or without its unit, like 1.5 or 16 GiB'),
    try: z.int().min(1).max(9).optional().describe('Try number'),
  }),

  formAbout: ({ post }, context) => questionAbove(post, context),

  run: ({ post, value, try: attempt = 1 }, context) =>
    takeAnswer(
      {
        postId: post,
        attempt: () => attempt,
        read: ({ question }) => readNumberFor(question, value),
        option: 'value',
        refusal: (question) => `${numberRefusal(question, value)}${FREE}`,
      },
      context,
    ),
});
