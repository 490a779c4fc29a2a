import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { loadSession } from '../interview-session.ts';
import { reviewCard, reviewList } from '../review.ts';

export const mockReview = defineCommand({
  name: 'mock review',
  summary: 'Review a question from an interview',
  example: 'mock review interview:3 item:1',
  visibility: 'private',
  hidden: true,
  input: z.object({
    interview: z.int().min(1).describe('Interview number'),
    item: z.int().min(1).optional().describe('Question number. Default: choose from a list.'),
  }),

  async run({ interview, item }, context) {
    const session = await loadSession(interview, context);
    return item === undefined
      ? reviewList(session)
      : { ...reviewCard(session, item), update: true };
  },
});
