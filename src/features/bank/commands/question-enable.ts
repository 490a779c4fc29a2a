import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { done } from '../question-review.ts';

export const questionEnable = defineCommand({
  name: 'question enable',
  summary: 'Ask a disabled question again',
  example: 'question enable c5-cache-contents',
  says: [
    {
      like: [
        'start asking {id} again',
        'put {id} back in rotation',
        'allow {id} again',
        'bring question {id} back',
        'enable question {id}',
        'ask {id} again',
        'enable {id} again',
        'reenable {id}',
        'turn on question {id} again',
      ],
      label: 'Ask it again',
    },
  ],
  visibility: 'private',
  access: 'admin',
  input: z.object({
    id: z.string().max(64).describe('Question ID, as the list of questions shows it'),
  }),

  async run({ id }, { store, catalog, team, clock, emit }) {
    const questionId = id.trim().toLowerCase();
    const own = await store.ownQuestion(team.id, questionId);
    if (!own && !catalog.shipped(questionId))
      throw new UserError([
        `I can't find the question "${id}". Run `,
        { command: 'question list' },
        ' to see them.',
      ]);
    const isNew = await store.switchQuestion({
      teamId: team.id,
      questionId,
      isOn: true,
      at: clock.now(),
    });
    if (isNew) emit({ kind: 'question', question: questionId, step: 'enabled' });
    return done(`${questionId} is enabled and back in rotation.`, [
      { label: 'Disable', run: `question disable id:${questionId}` },
    ]);
  },
});
