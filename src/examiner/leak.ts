import { wordValue } from '../core/grading/text/quantities.ts';
import type { FreeTextQuestion } from '../core/questions/schema.ts';
import { wordsOf } from './evidence.ts';

/** So many words of a key point in a row give it away. */
const RUN = 4;
/** What the examiner says to somebody before they answered, in characters. */
const LONGEST = 200;

/**
 * Whether what the examiner wants to say can be shown while the question is open: one short line with no four words in a
 * row of a key point, and no number of one. What stands in the question gives nothing away.
 */
export function isSafeToSay(
  text: string,
  { prompt, code = '', keyPoints }: FreeTextQuestion,
): boolean {
  if (text === '' || text.length > LONGEST || /[\n\r]/.test(text)) return false;
  const shown = `${prompt}\n${code}`;
  const kept = keyPoints.flatMap((point) => [point.text, ...point.phrasings]);
  const runs = less(new Set(kept.flatMap(runsOf)), new Set(runsOf(shown)));
  const numbers = less(new Set(kept.flatMap(numbersOf)), new Set(numbersOf(shown)));
  return !runsOf(text).some((run) => runs.has(run)) && !numbersOf(text).some((n) => numbers.has(n));
}

/** Whether a text names a number that stands nowhere in what was said before: a fact of its own. */
export function addsNumber(text: string, said: string): boolean {
  const known = new Set(numbersOf(said));
  return numbersOf(text).some((each) => !known.has(each));
}

function less<T>(all: ReadonlySet<T>, shown: ReadonlySet<T>): Set<T> {
  return new Set([...all].filter((each) => !shown.has(each)));
}

function runsOf(text: string): string[] {
  const words = wordsOf(text);
  return words.slice(0, 1 - RUN).map((_, i) => words.slice(i, i + RUN).join(' '));
}

/** In digits or in words; "one" is rarely a number. */
function numbersOf(text: string): number[] {
  const digits = text.match(/\d+(?:[.,]\d+)*/g)?.map((each) => Number(each.replaceAll(',', '')));
  const words = wordsOf(text).flatMap((word) => (word === 'one' ? [] : (wordValue(word) ?? [])));
  return [...(digits ?? []), ...words];
}
