import { readNumber } from '../read-number.ts';
import type { ChoiceQuestion, NumericQuestion, OrderQuestion, Question } from './schema.ts';

/** Formats that the daily question can post and score by itself. */
export type ScoredQuestion = ChoiceQuestion | NumericQuestion | OrderQuestion;

/** Tells whether the daily question can post and score an item by itself. */
export function isScored(question: Question): question is ScoredQuestion {
  return 'options' in question || question.format === 'numeric' || question.format === 'order';
}

/** How right an answer is (0 to 1), and what to say to a wrong one without telling the key. */
export type Verdict = { share: number; right: boolean; why: string[] };

/** Letters of the item's own order: `a` is its first option or step. */
export const letterOf = (index: number) => String.fromCharCode(97 + index);

/** The letters of so many steps in some order, for a person who is to type theirs. */
export const exampleOrder = (count: number) =>
  [count - 1, ...Array.from({ length: count - 1 }, (_, index) => index)]
    .map((index) => letterOf(index).toUpperCase())
    .join('');

const indexOf = (letter: string) => letter.charCodeAt(0) - 97;

/** Checks chosen options, given as letters in the item's own order. */
export function checkChoice(question: ChoiceQuestion, letters: readonly string[]): Verdict {
  const chosen = new Set(letters.map(indexOf));
  const rights = question.options.filter((option) => option.correct).length;
  let hits = 0;
  let falsePicks = 0;
  const why: string[] = [];
  for (const [index, option] of question.options.entries()) {
    if (!chosen.has(index)) continue;
    if (option.correct) hits += 1;
    else {
      falsePicks += 1;
      why.push(option.why);
    }
  }
  const share = Math.max(0, (hits - falsePicks) / rights);
  return { share, right: share === 1, why };
}

/** Reads a typed number with an optional unit and compares it within the tolerance. */
export function checkNumber(question: NumericQuestion, typed: string): Verdict | undefined {
  const [value] = valuesOf(question, typed);
  return value === undefined ? undefined : checkValue(question, value);
}

/**
 * The readings of a number that is wrong as it is read here and right as others write it: `1,234` where the answer is
 * 1.234, and `0.27` where it is 27%. Undefined for any other, so that nobody loses points to a comma.
 */
export function unclearNumber(question: NumericQuestion, typed: string): string[] | undefined {
  const [first, ...others] = valuesOf(question, typed);
  if (first === undefined || checkValue(question, first).right) return undefined;
  const right = others.find((value) => checkValue(question, value).right);
  if (right === undefined) return undefined;
  // The lower one first: the order doesn't tell which is right.
  return [first, right].sort((one, other) => one - other).map((value) => inUnit(value, question));
}

function inUnit(value: number, { unit }: NumericQuestion): string {
  if (unit === '%') return `${value}%`;
  return unit ? `${value} ${unit}` : String(value);
}

function checkValue(question: NumericQuestion, value: number): Verdict {
  const { tolerance, answer } = question;
  const allowed =
    'relative' in tolerance ? Math.abs(answer) * tolerance.relative : tolerance.absolute;
  const near = (target: number, margin: number) => Math.abs(value - target) <= margin * (1 + 1e-9);
  if (near(answer, allowed)) return { share: 1, right: true, why: [] };
  const slip = question.slips?.find((s) =>
    near(s.answer, Math.max(Math.abs(s.answer) * 0.01, 1e-9)),
  );
  return { share: 0, right: false, why: slip ? [slip.why] : [] };
}

/** What a typed number may mean in the question's own unit, the likeliest first; empty for what is none. */
function valuesOf(question: NumericQuestion, typed: string): number[] {
  const read = readNumber(typed);
  const factor = read && unitFactor(question, read.unit);
  if (!read || factor === undefined) return [];
  const { value, other, unit } = read;
  const values = other === undefined ? [value] : [value, other];
  // A share of one is also a percentage: 0.27 and 3/4 may be meant as 27% and 75%.
  const isShare = question.unit === '%' && unit === '' && Math.abs(value) <= 1;
  return [...values.map((each) => each * factor), ...(isShare ? [roundOff(value * 100)] : [])];
}

/** 0.07 × 100 is 7. */
const roundOff = (value: number) => Number(value.toPrecision(12));

function unitFactor(question: NumericQuestion, typed: string): number | undefined {
  const plain = (unit: string) =>
    unit
      .toLowerCase()
      .replace(/\s/g, '')
      .replace(/^per-?cent$/, '%');
  const unit = plain(typed);
  if (unit === '' || unit === plain(question.unit)) return 1;
  const accepted = question.accepts?.find((other) => plain(other.unit) === unit)?.factor;
  // Where a number has no unit, a percentage is the same number.
  return accepted ?? (unit === '%' && question.unit === '' ? 0.01 : undefined);
}

/** The share of pairs of steps that stand in the right order. */
export function checkOrder(
  question: OrderQuestion,
  letters: readonly string[],
): Verdict | undefined {
  const given = letters.map(indexOf);
  const count = question.steps.length;
  if (given.length !== count || new Set(given).size !== count) return undefined;
  if (given.some((index) => index < 0 || index >= count)) return undefined;
  let ordered = 0;
  for (let first = 0; first < count; first += 1) {
    for (let second = first + 1; second < count; second += 1) {
      if ((given[first] ?? 0) < (given[second] ?? 0)) ordered += 1;
    }
  }
  const share = ordered / ((count * (count - 1)) / 2);
  return { share, right: share === 1, why: [] };
}

/**
 * The fewest steps of an order that would have to move, given as letters in the order that was answered: all
 * that are not in its longest run of steps that follow each other.
 */
export function misplacedSteps(letters: readonly string[]): string[] {
  const given = letters.map(indexOf);
  const runs: number[][] = [];
  for (const step of given) {
    const before = runs.filter((run) => (run.at(-1) ?? -1) < step);
    const longest = before.reduce<number[]>(
      (best, run) => (run.length > best.length ? run : best),
      [],
    );
    runs.push([...longest, step]);
  }
  const kept = runs.reduce<number[]>((best, run) => (run.length > best.length ? run : best), []);
  return given.filter((step) => !kept.includes(step)).map(letterOf);
}

/** How right an answer is as it is stored: letters of the item's own order, or a number; undefined for another kind. */
export function checkStored(question: ScoredQuestion, answer: string): Verdict | undefined {
  if (question.format === 'numeric') return checkNumber(question, answer);
  const letters = answer.split(',');
  if (question.format === 'order') return checkOrder(question, letters);
  const options = question.options.map((_, index) => letterOf(index));
  return letters.every((letter) => options.includes(letter))
    ? checkChoice(question, letters)
    : undefined;
}
