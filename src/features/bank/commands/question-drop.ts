import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { done } from '../question-review.ts';

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
