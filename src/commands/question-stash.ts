import { z } from 'zod';
import { defineCommand } from '../bot/command.ts';
import { draftFields, newQuestionId, typedDraft } from '../bot/question-form.ts';
import { stash } from '../bot/question-saving.ts';

export const questionStash = defineCommand({
  name: 'question stash',
  summary: 'Keep a question that is not ready',
  example: 'question stash prompt:"Why is decode slow?"',
  visibility: 'private',
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
