import { z } from 'zod';
import { LONGEST_ANSWER } from '../../core/interview/grading/normalise.ts';

/**
 * An answer in words as an option: one that is empty or longer than the grader reads is refused, never cut. A whole
 * sentence says what to do, wherever the answer came from.
 */
export const spokenText = () =>
  z
    .string()
    .normalize('NFC')
    .trim()
    .min(1, { error: EMPTY })
    .max(LONGEST_ANSWER, { error: ({ input }) => tooLong(String(input).length) })
    .meta({ multiline: true, label: 'Your answer' })
    .describe('In your own words; a few sentences are enough');

const EMPTY = 'Your answer is empty. Write a sentence or two; "I don\'t know" is an answer too.';

function tooLong(length: number): string {
  const [is, most] = [length, LONGEST_ANSWER].map((count) => count.toLocaleString('en'));
  return `Your answer has ${is} characters, and I can read ${most}, some 600 words. I have taken none of it, so that nothing is lost on the way: shorten it to what matters most and send it again.`;
}
