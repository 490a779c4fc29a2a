import type { Question } from '../../src/core/questions/schema.ts';
import {
  contentWords,
  isSaidIn,
  numbersIn,
  tokenize,
} from '../../src/core/questions/text-tokens.ts';
import { type Flaw, flawIf, isChoice, isFreeText, itemRule, type Rule } from './rule.ts';

/** Rules of hints: they lead to the answer and do not hold it. */
export const HINT_RULES: readonly Rule[] = [
  itemRule('hint-leak', hintLeaks),
  itemRule('hints-differ', ({ hints }) =>
    flawIf(
      new Set(hints.map((hint) => tokenize(hint).join(' '))).size < hints.length,
      ['hints'],
      'repeat each other',
      'go from the area to the mechanism to the step',
    ),
  ),
];

function hintLeaks(question: Question): Flaw[] {
  return question.hints.flatMap((hint, index) => {
    const leak = leakIn(hint, question);
    return leak
      ? [{ path: ['hints', index], message: leak, fix: 'point to the step, not to the result' }]
      : [];
  });
}

function leakIn(hint: string, question: Question): string | undefined {
  if (isChoice(question)) {
    const said = contentWords(hint);
    const stem = contentWords(question.prompt);
    const wrong = contentWords(
      question.options.flatMap(({ correct, text }) => (correct ? [] : text)).join(' '),
    );
    for (const { correct, text } of question.options) {
      if (!correct) continue;
      if (isSaidIn(text, hint)) return `says the right option "${text}"`;
      const own = [...contentWords(text)].filter((word) => !wrong.has(word) && !stem.has(word));
      if (own.length > 1 && own.every((word) => said.has(word))) {
        return `says all that tells the right option apart: ${own.join(', ')}`;
      }
    }
  }
  if (question.format === 'numeric') {
    const { answer, prompt } = question;
    if (numbersIn(hint).includes(answer) && !numbersIn(prompt).includes(answer)) {
      return `says the answer ${answer}`;
    }
  }
  if (question.format === 'order') {
    const said = question.steps.filter(({ text }) => isSaidIn(text, hint));
    if (said.length > 1) return 'says two of the steps';
  }
  if (isFreeText(question)) {
    const point = question.keyPoints.find(({ text, phrasings }) =>
      [text, ...phrasings].some((phrase) => tokenize(phrase).length > 2 && isSaidIn(phrase, hint)),
    );
    if (point) return `says the key point "${point.text}"`;
  }
  return undefined;
}
