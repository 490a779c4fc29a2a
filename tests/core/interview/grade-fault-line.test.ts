import { expect, test } from 'vitest';
import { gradeInTests } from '../../support/grading.ts';
import { spokenItem } from '../../support/items.ts';

const question = { ...spokenItem('b1'), faultLine: 10 };
const right =
  'Keys and values of past tokens are stored. Fewer key heads than query heads make the cache smaller.';
const scoreOf = (answer: string) => gradeInTests(question, answer).score;

test.each([
  ['the faulty line', `Line 10. ${right}`],
  ['a range that holds it', `Lines 8-10, in truth line 10. ${right}`],
  ['no line at all', right],
  ['other lines beside it', `Line 10, since line 8 sets it up. ${right}`],
  ['the faulty line as right in one case', `Line 10 is right only if counts are equal. ${right}`],
])('an answer that names %s keeps its grade', (_, answer) => {
  expect(scoreOf(answer)).toBeGreaterThan(0.5);
});

test.each([
  ['another line', `Line 8 is the bug. ${right}`],
  ['the faulty line as right', `Line 10 is right. ${right}`],
  ['the faulty line as not to blame', `Line 10 isn't at fault. ${right}`],
])('an answer that names %s is no answer', (_, answer) => {
  expect(scoreOf(answer)).toBeLessThan(0.35);
});
