import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { findAnswerable } from '../../bot/daily/answerable.ts';
import { takeAnswer } from '../../bot/daily/answering.ts';
import { UserError } from '../../bot/errors.ts';
import { checkNumber } from '../../core/questions/check-answer.ts';

export const answerNumber = defineCommand({
  name: 'answer number',
  summary: 'Type the number',
  example: 'answer number 12 value:"16 GiB"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    post: z.int().min(1).describe('Number of the question'),
    value: z.string().max(60).describe('A number, with or without its unit, such as 1.5 or 16 GiB'),
    try: z.int().min(1).max(9).optional().describe('Which try this is'),
  }),

  async run({ post, value, try: attempt }, context) {
    const { card } = await findAnswerable(post, context);
    if (card.question.format !== 'numeric')
      throw new UserError('This question has options to choose from. Press one of its buttons.');
    if (!checkNumber(card.question, value)) {
      const { unit, accepts } = card.question;
      const units = [unit, ...(accepts ?? []).map((other) => other.unit)]
        .filter(Boolean)
        .join(' or ');
      throw new UserError(
        `I cannot read "${value}" as a number${units ? ` in ${units}` : ''}. Type something like 1.5${unit ? ` or 1.5 ${unit}` : ''}; this did not use up a try.`,
      );
    }
    return takeAnswer({ postId: post, attempt: attempt ?? 1, answer: value.trim() }, context);
  },
});
