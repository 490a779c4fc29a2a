import { z } from 'zod';
import { defineCommand } from '../../../spine/command.ts';
import { UserError } from '../../../spine/errors.ts';
import { loadSession } from '../interview-session.ts';
import { markCards } from '../point-cards.ts';
import { afterMark, gradedQuestion, markPoints, reviewCard } from '../review.ts';
import { isElsewhere, privateOutside } from '../room.ts';

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
  }),

  async run({ interview, item, points }, context) {
    const session = await loadSession(interview, context);
    const { report } = gradedQuestion(session, item);
    const known = new Set(report.points.map(({ id }) => id));
    const marked = points.split(',').filter((id) => known.has(id));
    if (marked.length === 0)
      throw new UserError("I don't know that point. Choose it from the list again.");
    const after = await markPoints(
      session,
      { kind: 'marked', item: item - 1, points: marked },
      context,
    );
    if (after.interview.state === 'ended')
      await markCards(report, marked, after.interview, context);
    // The private card of a question may be looked at anywhere; what the interview shows stays in its room.
    return isElsewhere(after.interview, context.place)
      ? { ...reviewCard(after, item), update: true }
      : privateOutside(afterMark(after, item), after.interview, context);
  },
});
