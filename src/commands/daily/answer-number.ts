import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { findAnswerable } from '../../bot/daily/answerable.ts';
import { takeAnswer } from '../../bot/daily/answering.ts';
import { questionAbove } from '../../bot/daily/question-above.ts';
import { UserError } from '../../bot/errors.ts';
import { checkNumber } from '../../core/questions/check-answer.ts';

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

  async run({ post, value, try: attempt }, context) {
    const { card } = await findAnswerable(post, context);
    if (card.question.format !== 'numeric')
      throw new UserError('This is a multiple-choice question. Select a letter.');
    if (!checkNumber(card.question, value)) {
      const { unit, accepts } = card.question;
      const units = [unit, ...(accepts ?? []).map((other) => other.unit)]
        .filter(Boolean)
        .join(' or ');
      throw new UserError(
        `"${value}" isn't a number${units ? ` in ${units}` : ''}. Enter something like 1.5${unit ? ` ${unit}` : ''}. This didn't use a try.`,
        { option: 'value' },
      );
    }
    return takeAnswer({ postId: post, attempt: attempt ?? 1, answer: value.trim() }, context);
  },
});
