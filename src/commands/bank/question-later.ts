import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { dayIn } from '../../core/time.ts';

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

  async run({ id, undo }, { store, person, clock, zone, catalog }) {
    const day = dayIn(clock.now(), zone);
    const key = `later ${id}`;
    if (undo) await store.undoCardChange(person.id, key);
    else
      await store.changeCard({
        personId: person.id,
        card: id,
        chapter: catalog.question(id)?.chapter,
        key,
        what: 'kept',
        day,
        at: clock.now(),
      });
    const count = await store.dueCount(person.id, day);
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
