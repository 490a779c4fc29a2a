import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { done } from '../question-review.ts';

export const questionReset = defineCommand({
  name: 'question reset',
  summary: 'Restore the original text of a built-in question',
  example: 'question reset c5-cache-contents',
  visibility: 'private',
  access: 'admin',
  hidden: true,
  input: z.object({
    id: z.string().max(64).describe('Question ID, as the list of questions shows it'),
  }),

  async run({ id }, { store, catalog, team, emit }) {
    const questionId = id.trim().toLowerCase();
    if (!catalog.shipped(questionId))
      throw new UserError([
        `"${id}" isn't a built-in question. To stop asking it, run `,
        { command: `question disable ${id}` },
        '.',
      ]);
    if (!(await store.resetQuestion(team.id, questionId)))
      return done(`${questionId} already has its original text.`);
    emit({ kind: 'question', question: questionId, step: 'reset' });
    return done([
      `${questionId} has its original text again. To see it, run `,
      { command: `question show ${questionId}` },
      '.',
    ]);
  },
});
