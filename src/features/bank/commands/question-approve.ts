import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { done, findSuggestion } from '../question-review.ts';
import { approveSuggestion } from '../question-saving.ts';

export const questionApprove = defineCommand({
  name: 'question approve',
  summary: 'Approve a suggested question',
  example: 'question approve 12',
  visibility: 'private',
  hidden: true,
  input: z.object({
    suggestion: z.int().min(1).describe('Suggestion number'),
    seen: z.int().min(0).optional().describe('When it was last changed, as its preview showed'),
  }),

  async run({ suggestion: id, seen }, context) {
    const { suggestion, isForStaff } = await findSuggestion(id, context);
    if (!isForStaff || suggestion.state !== 'suggested')
      throw new UserError(
        isForStaff
          ? [
              'This suggestion was already reviewed. Run ',
              { command: 'question list' },
              ' to see it.',
            ]
          : 'Only admins can review suggestions.',
      );
    if (seen !== undefined && seen !== suggestion.changedAt.getTime())
      return {
        ...done(
          'Its author changed this suggestion after you opened it. Review it again before you decide.',
          [{ label: 'Review', run: `question preview suggestion:${id}`, style: 'primary' }],
        ),
        update: true,
      };
    return approveSuggestion(suggestion, context);
  },
});
