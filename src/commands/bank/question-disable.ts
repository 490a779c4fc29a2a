import { z } from 'zod';
import { done } from '../../bot/bank/question-review.ts';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';

export const questionDisable = defineCommand({
  name: 'question disable',
  summary: 'Keep a question from being asked here',
  example: 'question disable c5-cache-contents',
  visibility: 'private',
  access: 'admin',
  input: z.object({
    id: z.string().max(64).meta({ suggests: 'questions' }).describe('Its id, as search shows it'),
  }),

  async run({ id }, { store, catalog, team, clock, emit }) {
    const questionId = id.trim().toLowerCase();
    const own = await store.ownQuestion(team.id, questionId);
    if (!own && !catalog.shipped(questionId))
      throw new UserError(
        `I do not know the question "${id}". Type search and some words to find one.`,
      );
    const isNew = await store.switchQuestion({
      teamId: team.id,
      questionId,
      isOn: false,
      at: clock.now(),
    });
    if (isNew) emit({ kind: 'question', question: questionId, step: 'disabled' });
    return done(
      `${questionId} is switched off: it is not asked, searched or shown here. A post of it that is open stays open.`,
      [{ label: 'Undo', run: `question enable ${questionId}` }],
    );
  },
});
