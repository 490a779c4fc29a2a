import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { gradeSample, nextSample } from '../calibrating.ts';

export const mockGrade = defineCommand({
  name: 'mock grade',
  summary: 'Grade a sample answer and see the reference',
  example: 'mock grade sample:s1 grade:3',
  says: [
    {
      like: [
        'grade sample answers',
        'learn to grade',
        'grade answers like an interviewer',
        'practice grading',
        'grading practice',
        'calibrate my grading',
        'let me grade an answer',
      ],
      takes: [],
      label: 'Practice grading',
    },
  ],
  visibility: 'private',
  hidden: true,
  input: z.object({
    sample: z.string().max(40).optional().describe('Sample ID. Default: the next one.'),
    grade: z.int().min(0).max(4).optional().describe('From 0 (Not yet) to 4 (Excellent)'),
  }),

  run({ sample: id, grade }, context) {
    if (id === undefined || grade === undefined) return nextSample(context);
    const sample = context.catalog.samples.find((each) => each.id === id);
    if (!sample)
      throw new UserError('This sample no longer exists.', {
        buttons: [{ label: 'Next sample', run: 'mock grade' }],
      });
    return gradeSample(sample, grade, context);
  },
});
