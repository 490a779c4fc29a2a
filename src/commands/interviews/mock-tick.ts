import { z } from 'zod';
import { defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import { loadSession } from '../../bot/interviews/interview-session.ts';
import { markCards } from '../../bot/interviews/point-cards.ts';
import { addWord, afterWord, gradedQuestion, reviewCard } from '../../bot/interviews/review.ts';
import { isElsewhere, privateOutside } from '../../bot/interviews/room.ts';
import type { Turn } from '../../core/interview/state.ts';

export const mockTick = defineCommand({
  name: 'mock tick',
  summary: 'Mark points you made',
  example: 'mock tick interview:3 item:1 points:kv-heads',
  visibility: 'public',
  hidden: true,
  input: z.object({
    interview: z.int().min(1).describe('Interview number'),
    item: z.int().min(1).describe('Question number in the interview'),
    points: z.string().max(300).describe('Point IDs, separated by commas'),
    said: z.boolean().default(true).describe('Whether you made them'),
  }),

  async run({ interview, item, points, said }, context) {
    const sitting = await loadSession(interview, context);
    const { report } = gradedQuestion(sitting, item);
    const known = new Set([...report.points, ...report.claims].map(({ id }) => id));
    const ticked = points.split(',').filter((id) => known.has(id));
    if (ticked.length === 0)
      throw new UserError("I don't know that point. Choose it from the list again.");
    const word: Turn = {
      kind: 'ticked',
      item: item - 1,
      exchange: 0,
      points: ticked,
      ...(said ? {} : { said }),
    };
    const heard = await addWord(sitting, [word], context);
    if (heard.interview.state === 'ended')
      await markCards(report, { points: ticked, said }, heard.interview, context);
    // The private card of a question may be looked at anywhere; what the interview shows stays in its room.
    return isElsewhere(heard.interview, context.place)
      ? { ...reviewCard(heard, item), update: true }
      : privateOutside(afterWord(heard, item), heard.interview, context);
  },
});
