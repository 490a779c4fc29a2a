import { z } from 'zod';
import { done, findSuggestion } from '../../bot/bank/question-review.ts';
import { approveSuggestion } from '../../bot/bank/question-saving.ts';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';

export const questionApprove = defineCommand({
  name: 'question approve',
  summary: 'Put a suggested question into the bank',
  example: 'question approve 12',
  visibility: 'private',
  hidden: true,
  input: z.object({
    suggestion: z.int().min(1).describe('Number of the suggestion'),
    seen: z.int().min(0).optional().describe('When it was written, as its preview said'),
  }),

  async run({ suggestion: id, seen }, context) {
    const { suggestion, isForStaff } = await findSuggestion(id, context);
    if (!isForStaff || suggestion.state !== 'suggested')
      throw new UserError(
        isForStaff
          ? 'It does not wait for a decision any more. Type question list to see.'
          : 'Those who manage this place decide about suggestions.',
      );
    if (seen !== undefined && seen !== suggestion.changedAt.getTime())
      return {
        ...done('Its author changed it since you looked. Look again before you decide.', [
          { label: 'Review', run: `question preview suggestion:${id}`, style: 'primary' },
        ]),
        update: true,
      };
    return approveSuggestion(suggestion, context);
  },
});
