import { z } from 'zod';
import { type Context, defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import { type InterviewSession, loadSession } from '../../bot/interviews/interview-session.ts';
import { ownMarks } from '../../bot/interviews/own-marks.ts';
import { addWord, gradedQuestion, reviewCard } from '../../bot/interviews/review.ts';
import type { Text } from '../../bot/reply.ts';
import type { Turn } from '../../core/interview/state.ts';

const input = z.object({
  interview: z.int().min(1).describe('Interview number'),
  item: z.int().min(1).describe('Question number in the interview'),
  point: z.string().max(40).optional().describe('Point you did make'),
  claim: z.string().max(40).optional().describe("Claim you didn't make"),
  consent: z.boolean().optional().describe('Share this answer with the question authors'),
});

export const mockContest = defineCommand({
  name: 'mock contest',
  summary: 'Share the wording of points you marked',
  example: 'mock contest interview:3 item:1 consent:yes',
  visibility: 'private',
  hidden: true,
  input,

  async run({ interview, item, point, claim, consent }, context) {
    const sitting = await loadSession(interview, context);
    const { report } = gradedQuestion(sitting, item);
    const id = point ?? claim;
    // The first step of the former form: the card now has lists to mark points in.
    if (id === undefined && consent === undefined)
      return { ...reviewCard(sitting, item), update: true };
    const known = point === undefined ? report.claims : report.points;
    if (id !== undefined && !known.some((each) => each.id === id))
      throw new UserError("I don't know that point. Select the button again.");
    const ids = id !== undefined ? [id] : consent ? ownMarks(report) : report.shared;
    if (ids.length === 0)
      throw new UserError(
        consent
          ? 'Mark the points you made first, then share your wording.'
          : "This answer isn't shared.",
      );
    const marked = id === undefined ? sitting : await mark(sitting, { item, id }, context);
    const shared =
      consent === undefined ? marked : await share(marked, { item, ids, consent }, context);
    const review = reviewCard(shared, item);
    return {
      ...review,
      update: true,
      blocks: [{ kind: 'text', text: noted(consent) }, ...review.blocks],
    };
  },
});

function noted(consent: boolean | undefined): Text {
  if (consent === undefined) return 'Marked, here and in the report. Your score stays the same.';
  return consent
    ? 'Thanks! The question authors can now read this answer, without your name. It helps improve the grader.'
    : "Your answer isn't shared. Your marks and your score stay the same.";
}

/** A point as said, or a claim as not said. */
function mark(
  sitting: InterviewSession,
  { item, id }: { item: number; id: string },
  context: Context,
): Promise<InterviewSession> {
  const said = gradedQuestion(sitting, item).report.points.some((point) => point.id === id);
  const word: Turn = {
    kind: 'ticked',
    item: item - 1,
    exchange: 0,
    points: [id],
    ...(said ? {} : { said }),
  };
  return addWord(sitting, [word], context);
}

/** Shares the answers to a question, or no longer, for the points and claims that were marked. */
async function share(
  sitting: InterviewSession,
  { item, ids, consent }: { item: number; ids: readonly string[]; consent: boolean },
  context: Context,
): Promise<InterviewSession> {
  const { asked, report } = gradedQuestion(sitting, item);
  const answer = asked.exchanges
    .map((exchange) => exchange.answer ?? '')
    .join('\n')
    .trim();
  for (const pointId of ids)
    await context.store.contest({
      questionId: report.question.id,
      pointId,
      personId: context.person.id,
      interviewId: sitting.interview.id,
      at: context.clock.now(),
      ...(consent ? { answer } : {}),
    });
  const words = ids.map(
    (point): Turn => ({ kind: 'contested', item: item - 1, exchange: 0, point, consent }),
  );
  return addWord(sitting, words, context);
}
