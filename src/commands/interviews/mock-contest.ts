import { z } from 'zod';
import { type Context, defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import { contestable } from '../../bot/interviews/feedback.ts';
import { type InterviewSession, loadSession } from '../../bot/interviews/interview-session.ts';
import { addWord, gradedQuestion, reviewCard } from '../../bot/interviews/review.ts';
import { type Reply, say } from '../../bot/reply.ts';

const input = z.object({
  interview: z.int().min(1).describe('Interview number'),
  item: z.int().min(1).describe('Question number in the interview'),
  point: z.string().max(40).optional().describe('Point you did make'),
  claim: z.string().max(40).optional().describe("Claim you didn't make"),
  consent: z.boolean().optional().describe('Share this answer with the question authors'),
});

export const mockContest = defineCommand({
  name: 'mock contest',
  summary: 'Dispute a grade',
  example: 'mock contest interview:3 item:1',
  visibility: 'private',
  hidden: true,
  input,

  async run({ interview, item, point, claim, consent }, context) {
    const sitting = await loadSession(interview, context);
    const { report } = gradedQuestion(sitting, item);
    const id = point ?? claim;
    if (id === undefined) return choose(interview, item, contestable(report));
    const isClaim = point === undefined;
    if (!(isClaim ? report.claims : report.points).some((each) => each.id === id))
      throw new UserError("I don't know that point. Select the button again.");
    const which = `${isClaim ? 'claim' : 'point'}:${id}`;
    if (consent === undefined)
      return askConsent(`mock contest interview:${interview} item:${item} ${which}`);
    const given = { item, id, consent, isClaim };
    const review = reviewCard(await contest(sitting, given, context), item);
    const noted = { kind: 'text' as const, text: formatNoted(given) };
    return { ...review, update: true, blocks: [noted, ...review.blocks] };
  },
});

/** A point that was said, or a wrong claim that was not. */
type Contested = { item: number; id: string; consent: boolean; isClaim: boolean };

/** What a word on a verdict does, and that it moves no grade. */
function formatNoted({ consent, isClaim }: Contested): string {
  const marked = isClaim
    ? 'You marked this claim as "I didn\'t say this", here and in the report.'
    : 'You marked this point as covered, here and in the report.';
  return consent
    ? `Thanks! ${marked} Your score stays the same. We shared your wording with the question authors.`
    : `${marked} Your score stays the same. Your answer wasn't shared.`;
}

async function contest(
  sitting: InterviewSession,
  { item, id, consent, isClaim }: Contested,
  context: Context,
): Promise<InterviewSession> {
  const { asked, report } = gradedQuestion(sitting, item);
  const answer = asked.exchanges
    .map((exchange) => exchange.answer ?? '')
    .join('\n')
    .trim();
  await context.store.contest({
    questionId: report.question.id,
    pointId: id,
    personId: context.person.id,
    interviewId: sitting.interview.id,
    at: context.clock.now(),
    ...(consent ? { answer } : {}),
  });
  const place = { item: item - 1, exchange: 0 };
  return addWord(
    sitting,
    [
      { kind: 'contested', ...place, point: id, consent },
      ...(isClaim ? [] : [{ kind: 'ticked' as const, ...place, points: [id] }]),
    ],
    context,
  );
}

function choose(
  interview: number,
  item: number,
  { points, claims }: ReturnType<typeof contestable>,
): Reply {
  const lists = [
    { option: 'point', label: 'I did say this', of: points },
    { option: 'claim', label: "I didn't say this", of: claims },
  ].filter(({ of }) => of.length > 0);
  if (lists.length === 0) return say('Every point in this question already counts.');
  return {
    title: 'What did I get wrong?',
    blocks: lists.map(({ option, label, of }) => ({
      kind: 'select',
      label,
      run: `mock contest interview:${interview} item:${item}`,
      option,
      choices: of.map(({ id, text }) => ({ label: text, value: id })),
    })),
  };
}

function askConsent(run: string): Reply {
  return {
    title: 'Share this answer with the question authors?',
    update: true,
    blocks: [
      {
        kind: 'text',
        text: "Your wording helps improve the grader. Your name isn't shared. To undo this later, dispute the point again and choose No, or delete the interview.",
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Yes, share it', run: `${run} consent:yes`, style: 'primary' },
          { label: "No, don't share", run: `${run} consent:no` },
        ],
      },
    ],
  };
}
