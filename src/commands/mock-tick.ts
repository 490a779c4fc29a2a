import { z } from 'zod';
import { defineCommand } from '../bot/command.ts';
import { doneQuestion, findSitting } from '../bot/interview-sitting.ts';
import { takeTurn } from '../bot/interviewing.ts';

export const mockTick = defineCommand({
  name: 'mock tick',
  summary: 'Say which points you did make',
  example: 'mock tick interview:3 item:1 points:kv-heads',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z.int().min(1).describe('Number of the interview'),
    item: z.int().min(1).describe('Which question of it'),
    points: z.string().max(300).describe('The points, by their ids'),
  }),

  async run({ interview, item, points }, context) {
    const { question } = doneQuestion(await findSitting(interview, context), item);
    const known = new Set(question.keyPoints.map(({ id }) => id));
    const ticked = points.split(',').filter((id) => known.has(id));
    const reply = await takeTurn(
      interview,
      undefined,
      { kind: 'ticked', item: item - 1, exchange: 0, points: ticked },
      context,
    );
    return { ...reply, update: true };
  },
});
