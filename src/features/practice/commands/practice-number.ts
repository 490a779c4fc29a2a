import { z } from 'zod';
import { numberRefusal, readNumberFor } from '../../../session/number-input.ts';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { answerStep } from '../answering.ts';
import { practiceAbove } from '../practice-above.ts';

export const practiceNumber = defineCommand({
  name: 'practice number',
  summary: 'Enter the number',
  example: 'practice number in:3 step:2 value:"16 GiB"',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    step: z.int().min(1).describe('Question in it'),
    value: z.string().max(60).describe('A number, with or without its unit'),
    try: z.int().min(1).max(9).default(1).describe('Try number'),
  }),

  formAbout: ({ in: id, step }, context) => practiceAbove(id, step, context),

  run: ({ in: id, step, value, try: attempt }, context) =>
    answerStep(
      {
        id,
        step,
        attempt,
        read: ({ question }) => {
          const read = readNumberFor(question, value);
          if (read === undefined)
            throw new UserError(numberRefusal(question, value), { option: 'value' });
          return read;
        },
      },
      context,
    ),
});
