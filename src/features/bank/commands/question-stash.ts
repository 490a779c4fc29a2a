import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { draftFields, newQuestionId, typedDraft } from '../question-form.ts';
import { stash } from '../question-saving.ts';

export const questionStash = defineCommand({
  name: 'question stash',
  summary: 'Save a question as a draft',
  example: 'question stash prompt:"Why is decode slow?"',
  says: [
    {
      like: [
        'start a draft',
        'keep a question as a draft',
        'save my question for later',
        'save a question as a draft',
        'save a draft question',
      ],
      label: 'Save draft',
    },
    {
      like: ['save this as a draft {}', 'draft a question {}', 'save as a draft {}'],
      rest: 'prompt',
      label: 'Save as draft',
    },
  ],
  visibility: 'private',
  hidden: true,
  input: z.object(draftFields),

  run: (typed, context) =>
    stash(
      {
        draft: typedDraft(typed),
        questionId: newQuestionId(context.seed),
        teamId: context.team.id,
      },
      context,
    ),
});
