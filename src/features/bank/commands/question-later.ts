import { z } from 'zod';
import { dayIn } from '../../../core/time.ts';
import { cardChange } from '../../../session/card-change.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';

export const questionLater = defineCommand({
  name: 'question later',
  summary: 'Keep a question to review it later',
  example: 'question later id:c5-kv-why',
  visibility: 'private',
  hidden: true,
  input: z.object({
    id: z.string().max(64).describe('Question ID'),
    undo: z.boolean().optional().describe("Don't keep it"),
  }),

  async run({ id, undo }, context) {
    const { store, person, clock, zone, catalog } = context;
    const key = `later ${id}`;
    const question = catalog.question(id);
    if (!question)
      throw new UserError([
        `I can't find the question "${id}". Run `,
        { command: 'ask' },
        ' to look for it.',
      ]);
    if (undo) await store.undoCardChange(person.id, key);
    else await store.changeCard(cardChange(question, { key, what: 'kept' }, context));
    const count = await store.dueCount(person.id, dayIn(clock.now(), zone));
    return {
      blocks: [
        {
          kind: 'text',
          text: [
            `${undo ? 'Removed from your review' : 'Saved for your review'}. ${count === 1 ? '1 card is' : `${count} cards are`} due: `,
            { command: 'review' },
            '.',
          ],
        },
        {
          kind: 'buttons',
          buttons: [
            undo
              ? { label: 'Review later', run: `question later id:${id}` }
              : { label: 'Undo', run: `question later id:${id} undo:yes` },
            { label: 'Start review', run: 'review' },
          ],
        },
      ],
    };
  },
});
