import {
  checkOrder,
  exampleOrder,
  type ScoredQuestion,
} from '../../core/questions/check-answer.ts';
import { FREE, numberRefusal, readNumberFor } from '../../session/number-input.ts';
import type { CardPost } from '../../session/question-card.ts';
import type { Context } from '../../spine/command.ts';
import type { Reply } from '../../spine/reply.ts';
import { itemLetters, takeAnswer } from './answering.ts';

/**
 * Takes what somebody typed as the answer to a post: letters as they see them, a number or an order. It's their next try,
 * or the last one once more when they type the same again.
 *
 * @throws UserError for what answers no such question; it uses no try.
 */
export const takeTyped = (postId: number, typed: string, context: Context): Promise<Reply> =>
  takeAnswer(
    {
      postId,
      attempt: (answer, { attempts }) =>
        attempts.find((each) => each.answer === answer)?.try ?? attempts.length + 1,
      read: (card) => storedAnswer(card, typed, context),
      refusal: (question) => `${refusal(question, typed)}${FREE}`,
      option: 'typed',
    },
    context,
  );

/** An answer as it is stored: letters of the item's own order, or the number as it was typed. */
function storedAnswer(card: CardPost, typed: string, context: Context): string | undefined {
  const { question } = card;
  if (question.format === 'numeric') return readNumberFor(question, typed);
  const isLetters = /^[a-z](?:[\s,>]*[a-z])*$/i.test(typed.trim());
  const letters = isLetters ? itemLetters(card, typed, context) : undefined;
  if (question.format === 'order')
    return letters && checkOrder(question, letters) ? letters.join(',') : undefined;
  const isTooMany = question.format !== 'multi' && letters?.length !== 1;
  return isTooMany ? undefined : letters && [...new Set(letters)].sort().join(',');
}

function refusal(question: ScoredQuestion, typed: string): string {
  if (question.format === 'numeric') return numberRefusal(question, typed);
  if (question.format === 'order')
    return `"${typed}" should use every letter once, like ${exampleOrder(question.steps.length)}.`;
  const last = String.fromCharCode(64 + question.options.length);
  const how = question.format === 'multi' ? 'letters, like A, C' : 'one letter';
  return `"${typed}" isn't an option for this question. Enter ${how}, from A to ${last}.`;
}
