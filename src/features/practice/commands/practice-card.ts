import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { changeCard } from '../card-words.ts';

export const practiceCard = defineCommand({
  name: 'practice card',
  summary: 'Say when a card comes back',
  example: 'practice card in:3 step:2 do:easy',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    step: z.int().min(1).describe('Question in it'),
    do: z
      .enum(['good', 'easy', 'again', 'done', 'suspend', 'bury', 'undo'])
      .describe('What to do with the card'),
  }),

  run: ({ in: id, step, do: word }, context) => changeCard({ id, step, word }, context),
});
