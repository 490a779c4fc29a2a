import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { formatNudge } from '../../../src/core/interview/nudge.ts';

const { freeText } = readCatalog().catalog;

/** Every hint that may become a follow-up, under every lead. */
const followUps = freeText.flatMap(({ hints }) =>
  hints.slice(0, 2).flatMap((hint) => [0, 1, 2, 3, 4].map((count) => formatNudge(hint, count))),
);

test('no hint of the bank tells a candidate to question somebody else', () => {
  // Lawyers may ask; they are the users of a scenario.
  const asksOthers = /(?<!lawyers )\bask\b(?! yourself)/i;

  expect(followUps.filter((words) => asksOthers.test(words))).toEqual([]);
});

test('a follow-up made of a hint always ends with a question', () => {
  expect(followUps.filter((words) => !words.endsWith('?'))).toEqual([]);
});

test('a second hint is understood without the first', () => {
  const pointsBack =
    /^For each(?:,| mask| cut| kind,)|^Two of them |these things|the next row|first way|second term|^Compare the list/;
  const second = freeText.map(({ hints: [, hint] }) => hint);

  expect(second.filter((hint) => pointsBack.test(hint))).toEqual([]);
});

test.each([
  ['Which bytes change?', /: Which bytes change\?$/],
  ['Print the array.', /: Print the array\. [^.?]+\?$/],
])('%j is put as one question', (hint, words) => {
  expect(formatNudge(hint, 0)).toMatch(words);
});

test('nothing before a hint tells what an answer left out', () => {
  const said = [0, 1, 2, 3, 4].map((count) => formatNudge('Count the heads.', count));

  expect(said.filter((each) => /another part|miss|left|yet|forg|else/i.test(each))).toEqual([]);
});
