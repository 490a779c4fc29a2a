import { z } from 'zod';
import { LONGEST_ANSWER } from '../core/grading/text/normalise.ts';

/**
 * An answer in words as an option: one that is empty or longer than the grader reads is refused, never cut. A whole
 * sentence says what to do, wherever the answer came from.
 */
export const freeTextText = () =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1, { error: EMPTY })
    .max(LONGEST_ANSWER, { error: ({ input }) => tooLong(String(input).length) })
    .meta({ multiline: true, label: 'Your answer' })
    .describe('A few sentences in your own words');

const EMPTY = 'Your answer is empty. Write a sentence or two. "I don\'t know" is fine too.';

function tooLong(length: number): string {
  const [is, most] = [length, LONGEST_ANSWER].map((count) => count.toLocaleString('en'));
  return `Your answer has ${is} characters, and the limit is ${most} (about 600 words). Nothing was saved. Shorten it and send it again.`;
}
