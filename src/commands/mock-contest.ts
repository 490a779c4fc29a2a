import { z } from 'zod';
import { type Context, defineCommand } from '../bot/command.ts';
import { UserError } from '../bot/errors.ts';
import { contestable } from '../bot/interview-feedback.ts';
import { addWord, gradedQuestion, reviewCard } from '../bot/interview-review.ts';
import { findSitting, type Sitting } from '../bot/interview-sitting.ts';
import { cut } from '../bot/question-card.ts';
import { type Reply, say } from '../bot/reply.ts';

const input = z.object({
  interview: z.int().min(1).describe('Number of the interview'),
  item: z.int().min(1).describe('Which question of it'),
  point: z.string().max(40).optional().describe('The point whose verdict is wrong'),
  consent: z.boolean().optional().describe("Whether the bank's authors may read this answer"),
});

export const mockContest = defineCommand({
  name: 'mock contest',
  summary: 'Say that a verdict is wrong',
  example: 'mock contest interview:3 item:1',
  visibility: 'private',
  hidden: true,
  input,

  async run({ interview, item, point, consent }, context) {
    const sitting = await findSitting(interview, context);
    const { report } = gradedQuestion(sitting, item);
    if (point === undefined) return choose(interview, item, contestable(report));
    if (!report.points.some(({ id }) => id === point))
      throw new UserError('I do not know this point. Press the button again.');
    if (consent === undefined)
      return askConsent(`mock contest interview:${interview} item:${item} point:${point}`);
    const review = reviewCard(await contest(sitting, { item, point, consent }, context), item);
    const noted = consent
      ? 'Thank you: your wording is kept for the authors of the bank, and the point counts as said by your own word.'
      : 'Noted: the point counts as said by your own word. Your answer stays with you.';
    return { ...review, update: true, blocks: [{ kind: 'text', text: noted }, ...review.blocks] };
  },
});

async function contest(
  sitting: Sitting,
  { item, point, consent }: { item: number; point: string; consent: boolean },
  context: Context,
): Promise<Sitting> {
  const { asked, report } = gradedQuestion(sitting, item);
  const answer = asked.exchanges
    .map((exchange) => exchange.answer ?? '')
    .join('\n')
    .trim();
  await context.store.contest({
    questionId: report.question.id,
    pointId: point,
    personId: context.person.id,
    interviewId: sitting.interview.id,
    at: context.clock.now(),
    ...(consent ? { answer } : {}),
  });
  const place = { item: item - 1, exchange: 0 };
  return addWord(
    sitting,
    [
      { kind: 'contested', ...place, point, consent },
      { kind: 'ticked', ...place, points: [point] },
    ],
    context,
  );
}

function choose(
  interview: number,
  item: number,
  points: readonly { id: string; text: string }[],
): Reply {
  if (points.length === 0) return say('Every point of this question counts already.');
  return {
    title: 'Which verdict is wrong?',
    blocks: [
      {
        kind: 'select',
        label: 'I did say this',
        run: `mock contest interview:${interview} item:${item}`,
        option: 'point',
        choices: points.map(({ id, text }) => ({ label: cut(text, 75), value: id })),
      },
    ],
  };
}

function askConsent(run: string): Reply {
  return {
    title: "May the bank's authors read this answer?",
    update: true,
    blocks: [
      {
        kind: 'text',
        text: 'It would teach the grader your wording. Your name is not shown to them. To take it back, contest the point again and choose No, or delete the interview.',
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
