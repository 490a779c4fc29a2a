import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';

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

  async run({ id, undo }, { store, person, clock }) {
    if (undo) await store.dropReview(person.id, id);
    else await store.keepForReview(person.id, id, clock.now());
    const count = await store.reviewCount(person.id);
    return {
      blocks: [
        {
          kind: 'text',
          text: `${undo ? 'Removed from your review list' : 'Saved for review'}. You have ${count === 1 ? '1 question' : `${count} questions`} to review.`,
        },
        {
          kind: 'buttons',
          buttons: [
            undo
              ? { label: 'Review later', run: `question later id:${id}` }
              : { label: 'Undo', run: `question later id:${id} undo:yes` },
          ],
        },
      ],
    };
  },
});
