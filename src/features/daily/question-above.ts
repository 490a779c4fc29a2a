import { isScored } from '../../core/questions/check-answer.ts';
import { personalOrder } from '../../session/answer-card.ts';
import { promptBlocks, shownLetter, textOf } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import type { Block } from '../../spine/reply.ts';
import type { Value } from '../../spine/request.ts';
import { findPosted } from './answerable.ts';
import { orderSeed } from './answering.ts';

/**
 * A posted question for the form of its answer, with the steps to put in order as this person sees them.
 *
 * @throws UserError when it can't be answered, before anybody writes in vain.
 */
export async function questionAbove(
  post: Value | undefined,
  context: Context,
): Promise<Block[] | undefined> {
  if (typeof post !== 'number') return undefined;
  const { question } = await findPosted(post, context);
  if (!isScored(question) || question.format !== 'order') return promptBlocks(question);
  const order = personalOrder(question, orderSeed({ id: post, question }, context));
  return [
    ...promptBlocks(question),
    ...order.map(
      (letter, index): Block => ({
        kind: 'text',
        text: [{ bold: `${shownLetter(index)}  ` }, textOf(question, letter)],
      }),
    ),
  ];
}
