import { z } from 'zod';
import { type Context, defineCommand } from '../../bot/command.ts';
import { UserError } from '../../bot/errors.ts';
import { contestable } from '../../bot/interviews/feedback.ts';
import { type InterviewSession, loadSession } from '../../bot/interviews/interview-session.ts';
import { addWord, gradedQuestion, reviewCard } from '../../bot/interviews/review.ts';
import { type Reply, say } from '../../bot/reply.ts';

const input = z.object({
  interview: z.int().min(1).describe('Number of the interview'),
  item: z.int().min(1).describe('Which question of it'),
  point: z.string().max(40).optional().describe('The point whose verdict is wrong'),
  claim: z.string().max(40).optional().describe('The wrong claim that was not made'),
  consent: z.boolean().optional().describe("Whether the bank's authors may read this answer"),
});

export const mockContest = defineCommand({
  name: 'mock contest',
  summary: 'Say that a verdict is wrong',
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
      throw new UserError('I do not know this point. Press the button again.');
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
    ? 'the claim is now marked as not said, by your own word'
    : 'the point is now marked as said, by your own word';
  const does = `${marked}, here and in the report. The score stays as graded.`;
  return consent
    ? `Thank you: your wording is kept for the authors of the bank, and ${does}`
    : `Noted: ${does} Your answer stays with you.`;
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
    { option: 'claim', label: 'I did not say this', of: claims },
  ].filter(({ of }) => of.length > 0);
  if (lists.length === 0) return say('Every point of this question counts already.');
  return {
    title: 'Which verdict is wrong?',
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
    title: "May the bank's authors read this answer?",
    update: true,
    blocks: [
      {
        kind: 'text',
        text: 'It would teach the grader your wording. Your name is not shown to them. To take it back, contest it again and choose No, or delete the interview.',
      },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Yes, share it', run: `${run} consent:yes`, style: 'primary' },
          { label: 'No, keep it', run: `${run} consent:no` },
        ],
      },
    ],
  };
}
