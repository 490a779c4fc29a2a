import { letterOf } from '../../core/questions/check-answer.ts';
import type { ChoiceQuestion, NumericQuestion } from '../../core/questions/schema.ts';
import { cut } from '../bank/question-card.ts';
import { runLine } from '../button.ts';
import { UserError } from '../errors.ts';
import type { Reply, Text } from '../reply.ts';

/** A question whose answer key can be corrected. */
export type Correctable = ChoiceQuestion | NumericQuestion;

/** Options are named in the order of the question bank: everyone sees them in another one. */
const labelsOf = ({ options }: ChoiceQuestion): string[] =>
  options.map(({ text }, index) => `${letterOf(index)}: ${cut(text, 80)}`);

/** What counts as correct, in the words of the options. */
export function keyInWords(question: Correctable): string {
  if (question.format === 'numeric') return `${question.answer} ${question.unit}`.trim();
  const labels = labelsOf(question);
  return labels.filter((_, index) => question.options[index]?.correct).join(' · ');
}

/** The answer key as it is typed. */
export function typedKey(question: Correctable): string {
  if (question.format === 'numeric') return String(question.answer);
  return question.options
    .flatMap(({ correct }, index) => (correct ? [letterOf(index)] : []))
    .join(',');
}

/** Asks for the option that is correct; a number is typed. */
export function askKey(question: Correctable, postId: number, note: string | undefined): Reply {
  if (question.format === 'numeric') throw new UserError(keysOf(question, postId));
  const labels = labelsOf(question);
  return {
    title: 'Correct the answer key',
    blocks: [
      { kind: 'text', text: question.prompt },
      { kind: 'text', text: `Correct now: ${keyInWords(question)}` },
      {
        kind: 'select',
        label: 'Correct option',
        run: runLine('daily', { action: 'correct', post: postId, ...(note ? { note } : {}) }),
        option: 'key',
        choices: labels.map((label, index) => ({ label, value: letterOf(index) })),
        ...(question.format === 'multi' ? { min: 1, max: labels.length } : {}),
      },
    ],
  };
}

/** What a key can be; each person saw the options in their own order, so each is named. */
function keysOf(question: Correctable, postId: number): Text {
  if (question.format === 'numeric')
    return [
      'Enter the correct number, like ',
      { command: `daily correct post:${postId} key:${question.answer}` },
      '.',
    ];
  const options = question.options.map(
    ({ text }, index) => `${letterOf(index)} = ${cut(text, 60)}`,
  );
  return [
    'Enter the correct letters, like ',
    { command: `daily correct post:${postId} key:b` },
    ' or ',
    { command: `daily correct post:${postId} key:"a,c"` },
    `. ${options.join(' · ')}`,
  ];
}

/**
 * The question under another answer key.
 *
 * @throws UserError when it has no such key.
 */
export function correctedQuestion(
  question: Correctable,
  { key, postId }: { key: string; postId: number },
): Correctable {
  const version = question.version + 1;
  if (question.format === 'numeric') {
    const answer = Number(key);
    if (!Number.isFinite(answer))
      throw new UserError(`"${key}" isn't a number. This question's answer key is a number.`);
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
    throw new UserError(keysOf(question, postId));
  return {
    ...question,
    version,
    options: question.options.map((option, index) => ({
      ...option,
      correct: right.has(letters[index] ?? ''),
    })),
  };
}
