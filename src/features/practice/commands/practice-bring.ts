import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { bringBack } from '../card-words.ts';

export const practiceBring = defineCommand({
  name: 'practice bring',
  summary: 'Ask a card today that was left for tomorrow',
  example: 'practice bring in:3 card:c5-kv-why',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    card: z.string().max(100).describe('ID of the card'),
  }),

  run: ({ in: id, card }, context) => bringBack(id, card, context),
});
