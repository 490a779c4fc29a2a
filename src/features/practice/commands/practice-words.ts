import { z } from 'zod';
import { freeTextText } from '../../../session/free-text-input.ts';
import { defineCommand } from '../../../spine/command.ts';
import { answerInWords } from '../answering.ts';
import { practiceAbove } from '../practice-above.ts';

export const practiceWords = defineCommand({
  name: 'practice words',
  summary: 'Your answer',
  example: 'practice words in:3 step:2 text:"The cache grows with the context"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    step: z.int().min(1).describe('Question in it'),
    text: freeTextText(),
  }),

  formAbout: ({ in: id, step }, context) => practiceAbove(id, step, context),

  run: ({ in: id, step, text }, context) => answerInWords({ id, step, text }, context),
});
