import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { gradeSample } from '../calibrating.ts';

export const mockGrade = defineCommand({
  name: 'mock grade',
  summary: 'Grade a sample answer and see the reference',
  example: 'mock grade sample:s1 grade:3',
  visibility: 'private',
  hidden: true,
  input: z.object({
    sample: z.string().max(40).describe('Sample ID'),
    grade: z.int().min(0).max(4).describe('From 0 (Not yet) to 4 (Excellent)'),
  }),

  run({ sample: id, grade }, context) {
    const sample = context.catalog.samples.find((each) => each.id === id);
    if (!sample)
      throw new UserError([
        'This sample no longer exists. Run ',
        { command: 'mock calibrate' },
        ' for the next one.',
      ]);
    return gradeSample(sample, grade, context);
  },
});
