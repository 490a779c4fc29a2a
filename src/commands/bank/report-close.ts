import { z } from 'zod';
import { done, isStaff, notifyPerson } from '../../bot/bank/question-review.ts';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';

const OUTCOMES = {
  mended: 'it was mended',
  fine: 'it was looked at, and the question stays as it is',
} as const;

export const reportClose = defineCommand({
  name: 'report close',
  summary: 'Close a reported problem and thank its reporter',
  example: 'report close 3 mended',
  visibility: 'private',
  hidden: true,
  input: z.object({
    report: z.int().min(1).describe('Number of the report'),
    outcome: z.enum(['mended', 'fine']).describe('What became of it'),
  }),

  async run({ report: id, outcome }, context) {
    const { store, wake } = context;
    const report = await store.report(id);
    if (!report || !(await isStaff(report.teamId, context)))
      throw new UserError(
        `There is no report ${id} that you decide about. Type quality to see them.`,
      );
    const rows = await notifyPerson(context, {
      personId: report.personId,
      teamId: report.teamId,
      platform: report.platform,
      key: `closed report:${id}`,
      reply: {
        title: 'Your report was dealt with',
        blocks: [
          {
            kind: 'text',
            text: `You reported a problem with ${report.questionId}: ${OUTCOMES[outcome]}. Thank you for telling.`,
          },
        ],
      },
    });
    if (!(await store.closeReport(id, rows))) return done('It is closed already.');
    wake();
    return { ...done('Closed. Whoever reported it is thanked.'), update: true };
  },
});
