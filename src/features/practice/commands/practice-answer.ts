import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { answerStep } from '../answering.ts';

export const practiceAnswer = defineCommand({
  name: 'practice answer',
  summary: 'Choose an option in a quiz or a review',
  example: 'practice answer in:3 step:2 choice:b',
  visibility: 'private',
  hidden: true,
  input: z.object({
    in: z.int().min(1).describe('Practice number'),
    step: z.int().min(1).describe('Question in it'),
    choice: z.string().max(20).describe('Option letters, in the original order'),
    try: z.int().min(1).max(9).default(1).describe('Try number'),
  }),

  run: ({ in: id, step, choice, try: attempt }, context) =>
    answerStep({ id, step, attempt, read: () => lettersOf(choice) }, context),
});

const lettersOf = (choice: string) =>
  choice
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .sort()
    .join(',');
