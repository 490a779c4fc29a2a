import { z } from 'zod';
import { type Context, defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import { findReport } from '../../bot/interviews/ending.ts';
import { type ReportView, reportReply } from '../../bot/interviews/report.ts';
import { dueNow } from '../../bot/outbox.ts';
import { type Reply, say } from '../../bot/reply.ts';
import { isScored, type Report } from '../../core/interview/report.ts';
import type { Interview, NewOutboxRow } from '../../store/schema.ts';

export const mockShare = defineCommand({
  name: 'mock share',
  summary: 'Show a report to the channel',
  example: 'mock share interview:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    interview: z.int().min(1).describe('Number of the interview'),
    confirm: z.boolean().optional().describe('Really show it'),
  }),

  async run({ interview: id, confirm }, context) {
    const { interview, report, view } = await findReport(id, context);
    if (!isScored(report))
      throw new UserError(
        'This interview ended before its first answer: there is nothing to show.',
      );
    const before = await context.store.sharesOf(id);
    if (before.some(({ state }) => state !== 'failed'))
      return { ...say('This report was shared already. It stands in the channel.'), update: true };
    if (!confirm) return ask(id);
    // The row of a second press has the same key, so that nothing is shown twice.
    const key = `share:${id}:${before.length}`;
    const row = { interview, key, reply: sharedReport(report, view, context) };
    await context.store.addOutgoing([shareRow(row, context)]);
    context.wake();
    return { ...say('Your report goes to the channel now.'), update: true };
  },
});

function ask(id: number): Reply {
  return {
    title: 'Show it to everybody in the channel?',
    blocks: [
      {
        kind: 'text',
        text: 'The scores and what you missed are shown where the interview was asked for; your answers are not.',
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Show it', run: `mock share interview:${id} confirm:yes`, style: 'primary' },
        ],
      },
    ],
  };
}

/** What the channel sees: no earlier scores, which stay private, and no file, which quotes the answers. */
function sharedReport(report: Report, view: ReportView, { person }: Context): Reply {
  const { blocks } = reportReply(report, { ...view, earlier: [] });
  return {
    title: `Mock interview of ${person.name}`,
    blocks: blocks.filter(({ kind }) => kind !== 'file' && kind !== 'buttons'),
  };
}

function shareRow(
  { interview, key, reply }: { interview: Interview; key: string; reply: Reply },
  { person, clock }: Context,
): NewOutboxRow {
  return {
    key,
    teamId: interview.teamId,
    personId: person.id,
    platform: interview.platform,
    what: 'report',
    interviewId: interview.id,
    outgoing: { kind: 'post', channel: interview.origin, reply, key },
    ...dueNow(clock.now()),
  };
}
