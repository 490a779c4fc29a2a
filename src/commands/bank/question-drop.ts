import { z } from 'zod';
import { done } from '../../bot/bank/question-review.ts';
import { defineCommand } from '../../bot/command.ts';

export const questionDrop = defineCommand({
  name: 'question drop',
  summary: 'Throw away a draft or suggestion of mine',
  example: 'question drop 12',
  visibility: 'private',
  hidden: true,
  input: z.object({ suggestion: z.int().min(1).describe('Number of the draft') }),

  async run({ suggestion }, { store, person }) {
    const isGone = await store.dropSuggestion(suggestion, person.id);
    return {
      ...done(isGone ? 'Thrown away.' : 'It is gone already, or not yours.'),
      update: true,
    };
  },
});
