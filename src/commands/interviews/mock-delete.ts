import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import { say } from '../../bot/reply.ts';

export const mockDelete = defineCommand({
  name: 'mock delete',
  summary: 'Delete an interview of mine',
  example: 'mock delete interview:3 confirm:yes',
  visibility: 'private',
  hidden: true,
  input: z.object({
    interview: z.int().min(1).describe('Number of the interview'),
    confirm: z.boolean().optional().describe('Really delete it'),
  }),

  async run({ interview, confirm }, { store, person }) {
    const found = await store.interview(interview);
    if (!found || found.personId !== person.id)
      throw new UserError(
        'I find no interview of yours with this number. Type mock history to see them.',
      );
    if (!confirm)
      return {
        title: 'Delete this interview?',
        blocks: [
          {
            kind: 'text',
            text: 'Its questions, your answers, the report and what you gave to the authors of the bank go at once and cannot come back.',
          },
          {
            kind: 'buttons',
            buttons: [
              {
                label: 'Delete it',
                run: `mock delete interview:${interview} confirm:yes`,
                style: 'danger',
              },
            ],
          },
        ],
      };
    await store.deleteInterview(interview, person.id);
    return {
      ...say(
        'Deleted. I keep nothing that was said in this interview, nor what you gave to the authors of the bank.',
      ),
      update: true,
    };
  },
});
