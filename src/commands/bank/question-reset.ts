import { z } from 'zod';
import { done } from '../../bot/bank/question-review.ts';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';

export const questionReset = defineCommand({
  name: 'question reset',
  summary: 'Take the shipped text of a question again',
  example: 'question reset c5-cache-contents',
  visibility: 'private',
  access: 'admin',
  hidden: true,
  input: z.object({ id: z.string().max(64).describe('Its id, as question list shows it') }),

  async run({ id }, { store, catalog, team, emit }) {
    const questionId = id.trim().toLowerCase();
    if (!catalog.shipped(questionId))
      throw new UserError(
        `"${id}" has no shipped text. Type question disable ${id} to switch it off.`,
      );
    if (!(await store.resetQuestion(team.id, questionId)))
      return done(`${questionId} has no text of the team's own.`);
    emit({ kind: 'question', question: questionId, step: 'reset' });
    return done(`${questionId} is asked with its shipped text again.`);
  },
});
