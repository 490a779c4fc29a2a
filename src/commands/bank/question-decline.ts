import { z } from 'zod';
import { cut } from '../../bot/bank/question-card.ts';
import { done, findSuggestion, notifyPerson } from '../../bot/bank/question-review.ts';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import { clean } from '../../core/questions/typed-text.ts';

export const questionDecline = defineCommand({
  name: 'question decline',
  summary: 'Decline a suggested question',
  example: 'question decline 12 reason:"We have one like it: c5-cache-contents"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    suggestion: z.int().min(1).describe('Number of the suggestion'),
    reason: z
      .string()
      .min(1)
      .max(500)
      .meta({ multiline: true })
      .describe('Goes to its author in private: what would make it good?'),
  }),

  async run({ suggestion: id, reason: raw }, context) {
    const { store, clock, emit, wake } = context;
    const reason = clean(raw);
    const { suggestion, isForStaff } = await findSuggestion(id, context);
    if (!isForStaff) throw new UserError('Those who manage this place decide about suggestions.');
    const { authorId, teamId, platform, draft, questionId, author } = suggestion;
    const at = clock.now();
    const rows = await notifyPerson(context, {
      personId: authorId,
      teamId,
      platform,
      key: `declined:${id}:${at.getTime()}`,
      reply: {
        title: 'Your question was not taken yet',
        blocks: [
          { kind: 'text', text: `You suggested: ${cut(draft.prompt, 300)}` },
          { kind: 'text', text: [{ bold: 'Why not: ' }, reason] },
          {
            kind: 'buttons',
            buttons: [
              { label: 'Change it', run: `question edit suggestion:${id}`, style: 'primary' },
              { label: 'Throw away', run: `question drop ${id}` },
            ],
          },
        ],
      },
    });
    if (!(await store.declineSuggestion({ id, reason, at, rows })))
      return done('It does not wait for a decision any more. Type question list to see.');
    wake();
    emit({ kind: 'question', question: questionId, step: 'declined' });
    return { ...done(`Declined. ${author} gets your reason in private.`), update: true };
  },
});
