import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { findSuggestion, problemBlocks, suggestedQuestion } from '../question-review.ts';
import { approveSuggestion, suggest } from '../question-saving.ts';

export const questionSuggest = defineCommand({
  name: 'question suggest',
  summary: 'Suggest a draft to the admins',
  example: 'question suggest 12',
  visibility: 'private',
  hidden: true,
  input: z.object({ suggestion: z.int().min(1).describe('Draft number') }),

  async run({ suggestion: id }, context) {
    const { suggestion, isMine, isForStaff } = await findSuggestion(id, context);
    if (!isMine) throw new UserError('Only the author can suggest this draft.');
    if (isForStaff) return approveSuggestion(suggestion, context);
    const read = await suggestedQuestion(suggestion, context);
    if ('problems' in read)
      return {
        title: 'Not complete yet',
        visibility: 'private',
        blocks: [
          ...problemBlocks(read.problems),
          { kind: 'buttons', buttons: [{ label: 'Edit', run: `question edit suggestion:${id}` }] },
        ],
      };
    return { ...(await suggest(suggestion, context)), update: true };
  },
});
