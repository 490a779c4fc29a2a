import { z } from 'zod';
import { questionOf } from '../../../core/questions/team-form.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { checkQuestion, newQuestionId, questionFields, typedDraft } from '../question-form.ts';
import { isBankAdmin } from '../question-review.ts';
import { publish, suggest } from '../question-saving.ts';

export const questionNew = defineCommand({
  name: 'question new',
  summary: 'Write a question for your team',
  example:
    'question new prompt:"What is cached?" right:"Keys and values" wrong:"Queries\\nScores" explanation:"They are read again." place:"5 easy"',
  says: [
    {
      like: [
        'i want to write a question',
        'i want to add a question to the bank',
        'send in a question',
        'hand in a question',
        'contribute a question',
        'i have an idea for a question',
        'suggest a question',
        'propose a new question',
        'new question',
        'write a question',
        'add a new question for my team',
        'create a question',
        'submit my own question',
      ],
      label: 'Write question',
    },
  ],
  visibility: 'private',
  message: { title: 'Make this a question', fills: 'prompt' },
  input: z.object(questionFields).superRefine(checkQuestion),

  async run(typed, context) {
    const draft = typedDraft(typed);
    const questionId = newQuestionId(context.seed);
    const read = questionOf(draft, { id: questionId });
    if ('problems' in read) throw new UserError('Some fields are missing. Fill in the form again.');
    const teamId = context.team.id;
    return (await isBankAdmin(teamId, context))
      ? publish(read.question, context)
      : suggest({ draft, questionId, teamId }, context);
  },
});
