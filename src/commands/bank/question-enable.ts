import { z } from 'zod';
import { done } from '../../bot/bank/question-review.ts';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';

export const questionEnable = defineCommand({
  name: 'question enable',
  summary: 'Let a question be asked here again',
  example: 'question enable c5-cache-contents',
  visibility: 'private',
  access: 'admin',
  input: z.object({ id: z.string().max(64).describe('Its id, as question list shows it') }),

  async run({ id }, { store, catalog, team, clock, emit }) {
    const questionId = id.trim().toLowerCase();
    const own = await store.ownQuestion(team.id, questionId);
    if (!own && !catalog.shipped(questionId))
      throw new UserError(`I do not know the question "${id}". Type question list to see them.`);
    const isNew = await store.switchQuestion({
      teamId: team.id,
      questionId,
      isOn: true,
      at: clock.now(),
    });
    if (isNew) emit({ kind: 'question', question: questionId, step: 'enabled' });
    return done(`${questionId} is on: it can be asked from now on.`, [
      { label: 'Switch off', run: `question disable ${questionId}` },
    ]);
  },
});
