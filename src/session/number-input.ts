import { checkNumber, type ScoredQuestion, unclearNumber } from '../core/questions/check-answer.ts';

/** Said where a refused answer would otherwise cost something. */
export const FREE = " This didn't use a try.";

/** A number as it is stored; undefined for what is none in a unit of the question, or means two. */
export function readNumberFor(question: ScoredQuestion, typed: string): string | undefined {
  const isClear =
    question.format === 'numeric' &&
    checkNumber(question, typed) !== undefined &&
    !unclearNumber(question, typed);
  return isClear ? typed.trim() : undefined;
}

/** Why a number was not taken, and what to enter. */
export function numberRefusal(question: ScoredQuestion, typed: string): string {
  if (question.format !== 'numeric') return 'This is a multiple-choice question. Select a letter.';
  const { unit, accepts = [] } = question;
  const readings = unclearNumber(question, typed);
  if (readings) return `"${typed}" can mean ${readings.join(' or ')}. Enter the one you mean.`;
  const units = [unit, ...accepts.map((other) => other.unit)].filter(Boolean).join(' or ');
  // The main unit comes first, also where it is none.
  const plain = units ? ` without a unit (or in ${units})` : '';
  return `"${typed}" isn't a number${unit ? ` in ${units}` : plain}. Enter something like ${exampleIn(unit)}.`;
}

function exampleIn(unit: string): string {
  if (unit === '%') return '1.5%';
  return unit ? `1.5 ${unit}` : '1.5';
}
