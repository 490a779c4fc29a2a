import { z } from 'zod';
import { clean } from '../../../core/questions/typed-text.ts';
import { cut } from '../../../session/question-card.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { done, findSuggestion, notifyPerson } from '../question-review.ts';

export const questionDecline = defineCommand({
  name: 'question decline',
  summary: 'Decline a suggested question',
  example: 'question decline 12 reason:"We have one like it: c5-cache-contents"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    suggestion: z.int().min(1).describe('Suggestion number'),
    reason: z
      .string()
      .min(1)
      .max(500)
      .meta({ multiline: true })
      .describe('Sent privately to the author. What should change?'),
  }),

  async run({ suggestion: id, reason: raw }, context) {
    const { store, clock, emit, wake } = context;
    const reason = clean(raw);
    const { suggestion, isForStaff } = await findSuggestion(id, context);
    if (!isForStaff) throw new UserError('Only admins can review suggestions.');
    const { authorId, teamId, platform, draft, questionId, author } = suggestion;
    const at = clock.now();
    const rows = await notifyPerson(context, {
      personId: authorId,
      teamId,
      platform,
      key: `declined:${id}:${at.getTime()}`,
      reply: {
        title: "Your question wasn't approved",
        blocks: [
          { kind: 'text', text: `Your suggestion: ${cut(draft.prompt, 300)}` },
          { kind: 'text', text: [{ bold: 'Reason: ' }, reason] },
          {
            kind: 'buttons',
            buttons: [
              { label: 'Edit', run: `question edit suggestion:${id}`, style: 'primary' },
              { label: 'Delete', run: `question drop suggestion:${id}` },
            ],
          },
        ],
      },
    });
    if (!(await store.declineSuggestion({ id, reason, at, rows })))
      return done([
        'This suggestion was already reviewed. Run ',
        { command: 'question list' },
        ' to see it.',
      ]);
    wake();
    emit({ kind: 'question', question: questionId, step: 'declined' });
    return { ...done(`Declined. I've sent ${author} your reason.`), update: true };
  },
});
