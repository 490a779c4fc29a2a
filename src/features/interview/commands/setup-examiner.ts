import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { examinerPanel } from '../examiner-setup.ts';

export const setupExaminer = defineCommand({
  name: 'setup examiner',
  summary: 'Turn the language model that grades mock interviews on or off',
  example: 'setup examiner',
  says: [
    {
      like: [
        'which model grades mock interviews',
        'show the examiner',
        'is there an examiner',
        'turn the examiner on',
        'turn the examiner off',
      ],
      takes: [],
      label: 'Show examiner',
    },
  ],
  visibility: 'private',
  onlyShows: ({ action }) => action === 'show',
  access: 'admin',
  hidden: true,
  input: z.object({
    action: z
      .enum(['show', 'on', 'off'])
      .default('show')
      .describe('Show the examiner, or turn it on or off for this team'),
  }),

  async run({ action }, context) {
    const { store, team, examiner, isAlone } = context;
    if (action === 'show') return examinerPanel(context);
    if (isAlone)
      throw new UserError(
        "You're alone here, so the examiner is always on. You choose at each interview.",
      );
    if (action === 'on' && !examiner)
      throw new UserError('No examiner to turn on. The person who hosts Warmup can add one.');
    const name = action === 'on' && examiner ? examiner.name : null;
    await store.setExaminer(team.id, name);
    return examinerPanel({ ...context, team: { ...team, examiner: name } });
  },
});
