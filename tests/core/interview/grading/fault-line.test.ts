import { expect, test } from 'vitest';
import { gradeInTests } from '../../../support/grading.ts';
import { spokenItem } from '../../../support/items.ts';

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

const coded = {
  ...question,
  faultLine: 3,
  code: [
    'def bucket(user, names):',
    '    clients = sorted(names)',
    '    at = hash(user) % 100  # five of a hundred',
    '    return clients[0 if at < 5 else 1]',
  ].join('\n'),
};
const codedScore = (answer: string) => gradeInTests(coded, answer).score;

test.each([
  ['blames it by its code', '`at = hash(user) % 100` is wrong.'],
  ['blames it by a piece of its code', 'The fault is in hash(user).'],
  ['says that it is not right', 'The line with hash(user) is not correct.'],
  ['clears another', 'The line clients = sorted(names) is fine.'],
  ['blames two', 'The bug is clients = sorted(names) together with the hash.'],
  ['sets another beside it', 'The at line is the bug, clients = sorted(names) is wrong too.'],
])('an answer that %s keeps its grade', (_, answer) => {
  expect(codedScore(`${answer} ${right}`)).toBeGreaterThan(0.5);
});

test.each([
  ['clears it by its code', '`at = hash(user) % 100` is fine.'],
  ['clears it by a piece of its code', 'The line with hash(user) is not to blame.'],
  ['clears it by what it sets', 'The line that computes at cannot be the problem.'],
  [
    'blames another by its code',
    'The faulty line is `clients = sorted(names)`, it loses the order.',
  ],
  ['blames another by what it sets', 'I think the clients line is wrong.'],
])('an answer that %s is no answer', (_, answer) => {
  expect(codedScore(`${answer} ${right}`)).toBeLessThan(0.35);
});

test('without code, or with a single line of it, only numbers tell', () => {
  for (const code of [undefined, 'at = hash(user) % 100']) {
    const graded = gradeInTests(
      { ...question, faultLine: 1, code },
      `The bug is in there. ${right}`,
    );
    expect(graded.score).toBeGreaterThan(0.5);
  }
});
