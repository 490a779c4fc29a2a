import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { unshareRows } from '../../../spine/outbox.ts';
import { say } from '../../../spine/reply.ts';
import { NO_SUCH_INTERVIEW } from '../interview-session.ts';

export const mockDelete = defineCommand({
  name: 'mock delete',
  summary: 'Delete one of your interviews',
  example: 'mock delete interview:3 confirm:yes',
  visibility: 'private',
  hidden: true,
  input: z.object({
    interview: z.int().min(1).describe('Interview number'),
    confirm: z.boolean().optional().describe('Confirm deletion'),
  }),

  async run({ interview, confirm }, { store, person, clock, wake }) {
    const found = await store.interview(interview);
    if (!found || found.personId !== person.id) throw new UserError(NO_SUCH_INTERVIEW);
    if (!confirm)
      return {
        title: 'Delete this interview?',
        blocks: [
          {
            kind: 'text',
            text: "This deletes the questions, your answers, and the report. You can't undo it.",
          },
          { kind: 'text', text: STAYS },
          {
            kind: 'buttons',
            buttons: [
              {
                label: 'Delete interview',
                run: `mock delete interview:${interview} confirm:yes`,
                style: 'danger',
              },
            ],
          },
        ],
      };
    const rows = unshareRows(await store.sharesOf(interview), clock.now());
    await store.deleteInterview(interview, person.id, rows);
    wake();
    return {
      ...say(`Interview deleted. ${STAYS}`),
      update: true,
    };
  },
});

/** What is out of reach: a thread may be deleted by those who manage the channel. */
const STAYS =
  "A report you shared is taken out of its channel. Messages in the interview's thread stay there.";
