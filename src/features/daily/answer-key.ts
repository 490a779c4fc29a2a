import { isScored, letterOf } from '../../core/questions/check-answer.ts';
import type { ChoiceQuestion, NumericQuestion, Question } from '../../core/questions/schema.ts';
import { shownLetter } from '../../session/answer-card.ts';
import { cut, textOf } from '../../session/question-card.ts';
import { runLine } from '../../spine/button.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';

/** A question whose answer key can be corrected. */
export type Correctable = ChoiceQuestion | NumericQuestion;

/** Tells whether a question has an answer key that can be corrected. */
export const isCorrectable = (question: Question | null): question is Correctable =>
  question !== null && isScored(question) && question.format !== 'order';

/** Options are named as the person who corrects sees them: `order` holds the letters of the item in that order. */
const labelsOf = (question: ChoiceQuestion, order: readonly string[]) =>
  order.map((letter, index) => ({
    letter,
    shown: shownLetter(index),
    label: `${shownLetter(index)}: ${cut(textOf(question, letter), 80)}`,
  }));

/** What counts as correct, in the words of the options. */
export function keyInWords(question: Correctable, order: readonly string[]): string {
  if (question.format === 'numeric') return `${question.answer} ${question.unit}`.trim();
  const right = typedKey(question).split(',');
  return labelsOf(question, order)
    .filter(({ letter }) => right.includes(letter))
    .map(({ label }) => label)
    .join(' · ');
}

/** The answer key as a button carries it: a number, or letters of the item's own order. */
export function typedKey(question: Correctable): string {
  if (question.format === 'numeric') return String(question.answer);
  return question.options
    .flatMap(({ correct }, index) => (correct ? [letterOf(index)] : []))
    .join(',');
}

/** Asks for the option that is correct; a number is typed. */
export function askKey(
  question: Correctable,
  postId: number,
  { note, order }: { note: string | undefined; order: readonly string[] },
): Reply {
  if (question.format === 'numeric')
    throw new UserError('Enter the correct number.', { option: 'key' });
  const labels = labelsOf(question, order);
  return {
    title: 'Correct the answer key',
    blocks: [
      { kind: 'text', text: question.prompt },
      { kind: 'text', text: `Correct now: ${keyInWords(question, order)}` },
      {
        kind: 'select',
        label: 'Correct option',
        run: runLine('daily fix', {
          post: postId,
          do: 'correct',
          ...(note ? { note } : {}),
        }),
        option: 'key',
        choices: labels.map(({ label, shown }) => ({ label, value: shown })),
        ...(question.format === 'multi' ? { min: 1, max: labels.length } : {}),
      },
    ],
  };
}

/** Each person sees the options in their own order, so each is named. */
function unknownKey(question: ChoiceQuestion, order: readonly string[]): UserError {
  const options = labelsOf(question, order).map(({ label }) => label);
  return new UserError(`Choose from these options: ${options.join(' · ')}`, { option: 'key' });
}

/**
 * A typed key as a button carries it: letters are read as the person who types sees the options.
 *
 * @throws UserError when the question has no such option.
 */
export function readKey(question: Correctable, typed: string, order: readonly string[]): string {
  if (question.format === 'numeric') return typed;
  const words = typed
    .toUpperCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  const read = words.map(
    (word) => labelsOf(question, order).find(({ shown }) => shown === word)?.letter,
  );
  const letters = read.filter((letter) => letter !== undefined);
  if (letters.length === 0 || letters.length < read.length) throw unknownKey(question, order);
  return letters.join(',');
}

/**
 * The question under another answer key.
 *
 * @throws UserError when it has no such key.
 */
export function correctedQuestion(
  question: Correctable,
  { key, order }: { key: string; order: readonly string[] },
): Correctable {
  const version = question.version + 1;
  if (question.format === 'numeric') {
    const answer = Number(key);
    if (!Number.isFinite(answer))
      throw new UserError(`"${key}" isn't a number. This question's answer key is a number.`, {
        option: 'key',
      });
    return { ...question, version, answer };
  }
  const right = new Set(
    key
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  );
  const letters = question.options.map((_, index) => letterOf(index));
  if (right.size === 0 || [...right].some((letter) => !letters.includes(letter)))
    throw unknownKey(question, order);
  return {
    ...question,
    version,
    options: question.options.map((option, index) => ({
      ...option,
      correct: right.has(letters[index] ?? ''),
    })),
  };
}
