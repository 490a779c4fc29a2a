import {
  checkOrder,
  exampleOrder,
  type ScoredQuestion,
} from '../../core/questions/check-answer.ts';
import { isFinished } from '../../core/scoring/points.ts';
import { FREE, numberRefusal, readNumberFor } from '../../session/number-input.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';
import { findAnswerable } from './answerable.ts';
import { itemLetters, showPosted, takeAnswerTo } from './answering.ts';

/**
 * Takes what somebody typed as the answer to a post: letters as they see them, a number or an order. It's their next try,
 * or the last one once more when they type the same again.
 *
 * @throws UserError for what answers no such question; it uses no try.
 */
export async function takeTyped(postId: number, typed: string, context: Context): Promise<Reply> {
  const found = await findAnswerable(postId, context);
  const answer = storedAnswer(found.card.question, typed, (letters) =>
    itemLetters(found.card, letters, context),
  );
  const { attempts, isRevealed } = await context.store.progress(postId, context.person.id);
  const same = attempts.find((each) => each.answer === answer);
  if (!same && isFinished({ attempts, isRevealed })) return showPosted(postId, context);
  const attempt = same?.try ?? attempts.length + 1;
  const refusal = () => `"${typed}" isn't an answer to this question.${FREE}`;
  return takeAnswerTo(found, { attempt, read: () => answer, option: 'typed', refusal }, context);
}

/**
 * An answer as it is stored: letters of the item's own order, or the number as it was typed.
 *
 * @throws UserError
 */
function storedAnswer(
  question: ScoredQuestion,
  typed: string,
  itemLettersOf: (letters: string) => string[] | undefined,
): string {
  if (question.format === 'numeric') {
    const read = readNumberFor(question, typed);
    if (read !== undefined) return read;
    throw new UserError(`${numberRefusal(question, typed)}${FREE}`);
  }
  const isLetters = /^[a-z](?:[\s,>]*[a-z])*$/i.test(typed.trim());
  const letters = isLetters ? itemLettersOf(typed) : undefined;
  if (question.format === 'order') {
    if (letters && checkOrder(question, letters)) return letters.join(',');
    throw new UserError(
      `"${typed}" should use every letter once, like ${exampleOrder(question.steps.length)}.${FREE}`,
    );
  }
  const isTooMany = question.format !== 'multi' && letters?.length !== 1;
  if (!letters || isTooMany) throw new UserError(wrongLetters(question, typed));
  return [...new Set(letters)].sort().join(',');
}

function wrongLetters(question: ScoredQuestion, typed: string): string {
  const count = 'options' in question ? question.options.length : 0;
  const last = String.fromCharCode(64 + count);
  const how = question.format === 'multi' ? 'letters, like A, C' : 'one letter';
  return `"${typed}" isn't an option for this question. Enter ${how}, from A to ${last}.${FREE}`;
}
