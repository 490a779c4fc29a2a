import { recallOf } from '../../core/practice/memory.ts';
import { checkStored } from '../../core/questions/check-answer.ts';
import { cardChange } from '../../session/card-change.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';
import { shownAnswer } from './cards.ts';
import { findLive, greetLive } from './running.ts';

/**
 * Keeps an answer; until the close a later one takes its place.
 *
 * @throws UserError for what is no option, or comes after the close.
 */
export async function answerLive(
  { round: id, question: number, choice }: { round: number; question: number; choice: string },
  context: Context,
): Promise<Reply> {
  const { store, person, clock } = context;
  const view = await findLive(id, context);
  const question =
    view.question?.number === number
      ? view.question
      : (await store.liveQuestionsOf(id)).find((each) => each.number === number);
  const letters = choice
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean)
    .sort()
    .join(',');
  const verdict = question && checkStored(question.question, letters);
  if (!question || !verdict)
    throw new UserError(
      `"${choice}" isn't an option for this question. Select one of its buttons.`,
      { option: 'choice' },
    );
  const greeting = greetLive(context);
  const isKept = await store.answerLive({
    roundId: id,
    number,
    personId: person.id,
    choice: letters,
    isRight: verdict.right,
    at: clock.now(),
    card: cardChange(
      question.question,
      {
        key: `live ${id} ${number}`,
        what: recallOf({ outcome: verdict.right ? 'right' : 'wrong', tries: 1, hints: 0 }),
        share: verdict.share,
      },
      context,
    ),
  });
  if (!isKept)
    throw new UserError(
      `Question ${number} isn't open, so this answer doesn't count. Its solution is in the channel.`,
    );
  return {
    title: `Your answer: ${shownAnswer(question, letters)}`,
    update: true,
    blocks: [
      {
        kind: 'text',
        text: 'Saved, and only you see it. To change it, select another answer before the question closes.',
      },
      ...(await greeting),
    ],
  };
}
