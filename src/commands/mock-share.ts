import { z } from 'zod';
import { defineCommand } from '../bot/command.ts';
import { showReport } from '../bot/interview-ending.ts';
import { dueNow } from '../bot/outbox.ts';
import { say } from '../bot/reply.ts';

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
    const { store, clock, person } = context;
    const report = await showReport(id, context);
    const interview = await store.interview(id);
    if (!interview) return say('This interview is gone.');
    if (!confirm) {
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
    // A second press shows nothing twice.
    const key = `share:${id}`;
    const at = clock.now();
    await store.addOutgoing([
      {
        key,
        teamId: interview.teamId,
        personId: person.id,
        platform: interview.platform,
        what: 'report',
        interviewId: id,
        outgoing: {
          kind: 'post',
          channel: interview.origin,
          // The file quotes the answers, so it stays private.
          reply: {
            title: `Mock interview of ${person.name}`,
            blocks: report.blocks.filter(({ kind }) => kind !== 'file' && kind !== 'buttons'),
          },
          key,
        },
        ...dueNow(at),
      },
    ]);
    context.wake();
    return { ...say('Your report goes to the channel now.'), update: true };
  },
});
