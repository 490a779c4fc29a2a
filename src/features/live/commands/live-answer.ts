import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { answerLive } from '../answering.ts';

export const liveAnswer = defineCommand({
  name: 'live answer',
  summary: 'Answer the open question of a live round',
  example: 'live answer round:7 question:2 choice:b',
  visibility: 'private',
  hidden: true,
  input: z.object({
    round: z.int().min(1).describe('Live round'),
    question: z.int().min(1).describe('Question in it'),
    choice: z.string().max(20).describe('Option letters, in the original order'),
  }),

  run: ({ round, question, choice }, context) => answerLive({ round, question, choice }, context),
});
