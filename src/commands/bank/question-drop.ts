import { z } from 'zod';
import { done } from '../../bot/bank/question-review.ts';
import { defineCommand } from '../../bot/command.ts';

export const questionDrop = defineCommand({
  name: 'question drop',
  summary: 'Delete your draft or suggestion',
  example: 'question drop 12',
  visibility: 'private',
  hidden: true,
  input: z.object({ suggestion: z.int().min(1).describe('Draft number') }),

  async run({ suggestion }, { store, person }) {
    const isGone = await store.dropSuggestion(suggestion, person.id);
    return {
      ...done(isGone ? 'Draft deleted.' : "That draft was already deleted or isn't yours."),
      update: true,
    };
  },
});
