import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { done } from '../question-review.ts';

export const questionDisable = defineCommand({
  name: 'question disable',
  summary: 'Stop asking a question here',
  example: 'question disable c5-cache-contents',
  says: [
    {
      like: [
        'disable {id}',
        'remove {id} from rotation',
        "we don't want {id}",
        'block {id}',
        "don't ask {id} again",
        'skip question {id} in future',
        'stop asking {id}',
        'disable question {id}',
        'never ask {id} again',
        "don't ask {id} anymore",
        'turn off question {id}',
      ],
      needs: ['disable', 'remove', 'want', 'block', 'ask', 'skip', 'stop', 'asking', 'off'],
      label: 'Stop asking it',
    },
  ],
  visibility: 'private',
  access: 'admin',
  input: z.object({
    id: z
      .string()
      .max(64)
      .meta({ suggests: 'questions' })
      .describe('Question ID, as search shows it'),
  }),

  async run({ id }, { store, catalog, team, clock, emit }) {
    const questionId = id.trim().toLowerCase();
    const own = await store.ownQuestion(team.id, questionId);
    if (!own && !catalog.shipped(questionId))
      throw new UserError([
        `I can't find the question "${id}". Run `,
        { command: 'ask' },
        ' to look for it.',
      ]);
    const isNew = await store.switchQuestion({
      teamId: team.id,
      questionId,
      isOn: false,
      at: clock.now(),
    });
    if (isNew) emit({ kind: 'question', question: questionId, step: 'disabled' });
    return done(
      `${questionId} is disabled here. It won't be asked or shown in search. If it's posted now, that post stays open.`,
      [{ label: 'Undo', run: `question enable id:${questionId}` }],
    );
  },
});
