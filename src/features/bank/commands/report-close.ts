import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { done, isBankAdmin, notifyPerson } from '../question-review.ts';

const OUTCOMES = {
  fixed: (id: string) => `The problem you reported with ${id} is fixed.`,
  fine: (id: string) =>
    `We looked at the problem you reported with ${id}. The question stays as it is.`,
} as const;

export const reportClose = defineCommand({
  name: 'report close',
  summary: 'Close a report and thank the reporter',
  example: 'report close 3 fixed',
  visibility: 'private',
  hidden: true,
  input: z.object({
    report: z.int().min(1).describe('Report number'),
    outcome: z.enum(['fixed', 'fine']).describe('How the report was settled'),
  }),

  async run({ report: id, outcome }, context) {
    const { store, wake } = context;
    const report = await store.report(id);
    if (!report || !(await isBankAdmin(report.teamId, context)))
      throw new UserError([
        `I can't find report ${id} for you. Run `,
        { command: 'setup' },
        ' to see open reports.',
      ]);
    const rows = await notifyPerson(context, {
      personId: report.personId,
      teamId: report.teamId,
      platform: report.platform,
      key: `closed report:${id}`,
      reply: {
        title: 'Your report was closed',
        blocks: [
          {
            kind: 'text',
            text: `${OUTCOMES[outcome](report.questionId)} Thanks for letting us know.`,
          },
        ],
      },
    });
    if (!(await store.closeReport(id, rows))) return done('This report is already closed.');
    wake();
    return { ...done("Report closed. I've thanked the person who sent it."), update: true };
  },
});
