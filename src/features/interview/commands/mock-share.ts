import { z } from 'zod';
import type { PointReport } from '../../../core/interview/item-report.ts';
import { isScored, type Report } from '../../../core/interview/report.ts';
import { type Context, defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { dueNow } from '../../../spine/outbox.ts';
import { type Inline, type Reply, say } from '../../../spine/reply.ts';
import type { Interview, NewOutboxRow } from '../../../store/schema.ts';
import { findReport } from '../ending.ts';
import { reportOf } from '../missed.ts';
import { type ReportView, reportReply } from '../report.ts';

export const mockShare = defineCommand({
  name: 'mock share',
  summary: 'Share a report in the channel',
  example: 'mock share interview:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    interview: z.int().min(1).describe('Interview number'),
    confirm: z.boolean().optional().describe('Confirm sharing'),
  }),

  async run({ interview: id, confirm }, context) {
    const { interview, report, view } = await findReport(id, context);
    if (!isScored(report))
      throw new UserError(
        "This interview ended before the first answer, so there's nothing to share.",
      );
    const channel = { channel: interview.origin };
    const before = await context.store.sharesOf(id);
    if (before.some(({ state }) => state !== 'failed'))
      return { ...say(['You already shared this report in ', channel, '.']), update: true };
    if (!confirm) return ask(id, channel);
    // The row of a second press has the same key, so that nothing is shown twice.
    const key = `share:${id}:${before.length}`;
    const graded = await reportOf(interview, context, { withMarks: false });
    const row = { interview, key, reply: sharedReport({ report, graded, view }, context) };
    await context.store.addOutgoing([shareRow(row, context)]);
    context.wake();
    return { ...say(['Posting your report in ', channel, ' now.']), update: true };
  },
});

function ask(id: number, channel: Inline): Reply {
  return {
    title: 'Share this report?',
    blocks: [
      {
        kind: 'text',
        text: [
          'Everyone in ',
          channel,
          " will see your scores and the points you missed, but not your answers. Points you marked yourself don't add to those scores.",
        ],
      },
      {
        kind: 'buttons',
        buttons: [
          {
            label: 'Share report',
            run: `mock share interview:${id} confirm:yes`,
            style: 'primary',
          },
        ],
      },
    ],
  };
}

/**
 * What the channel sees: no earlier scores, which stay private, nothing that quotes the answers, and the scores without its
 * owner's marks; a point that was marked isn't shown as missed.
 */
function sharedReport(
  { report, graded, view }: { report: Report; graded: Report; view: ReportView },
  { person }: Context,
): Reply {
  const items = graded.items.map((item, index) => ({
    ...item,
    points: (report.items[index] ?? item).points.map(unmarked),
  }));
  const { blocks } = reportReply({ ...graded, items }, { ...view, earlier: [] });
  return {
    title: `Mock interview: ${person.name}`,
    blocks: blocks.filter(({ kind }) => kind !== 'file' && kind !== 'buttons'),
  };
}

const unmarked = (point: PointReport): PointReport =>
  point.isMarked ? { ...point, verdict: 'covered', isMarked: false } : point;

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
