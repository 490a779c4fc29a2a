import { beforeAll, expect, test } from 'vitest';
import { gradingReport } from '../../../lab/grading/report.ts';
import { freeTextBank, readAnswers } from '../../../lab/grading/sets.ts';
import { readGradingWords } from '../../../lab/grading/words.ts';

/** The cells of each row of the tables of docs/grading.md, over the sets that may be read. */
let rows: Map<string, string[]>;

beforeAll(() => {
  const answers = readAnswers().filter(({ use }) => use === 'fitting');
  const text = gradingReport(answers, freeTextBank(), readGradingWords());
  rows = new Map(
    text.split('\n').map((line) => {
      const [name = '', ...cells] = line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim());
      return [name, cells];
    }),
  );
}, 900_000);

/** The numbers of a row, in their order. */
const numbersOf = (name: string): number[] =>
  (rows.get(name) ?? []).flatMap((cell) => cell.match(/\d+(?:\.\d+)?/g) ?? []).map(Number);

const shareOf = (name: string): number => {
  const [count = Number.NaN, of = 0] = numbersOf(name);
  return count / of;
};

test('grades agree with people, and do little harm', () => {
  const [answers, r, kappa, label = 0, score = 0, under = 1, good = 0, asGood = 1, wrong = 0] =
    numbersOf('all');

  expect(answers).toBeGreaterThan(2000);
  expect(r).toBeGreaterThanOrEqual(0.865);
  expect(kappa).toBeGreaterThanOrEqual(0.84);
  expect(Math.abs(label - score)).toBeLessThanOrEqual(0.1);
  expect(under / good).toBeLessThanOrEqual(0.03);
  expect(asGood / wrong).toBeLessThanOrEqual(0.055);
});

test('points that are found were made, and points that were made are found', () => {
  const [precision, recall] = numbersOf('all').slice(-2);

  expect(precision).toBeGreaterThanOrEqual(0.83);
  expect(recall).toBeGreaterThanOrEqual(0.87);
});

test.each([
  ["a key point's own text alone is covered", 0.98, 1],
  ['model answer and a true refutation: loses over 0.05', 0, 0.01],
])('%s: from %d to %d', (name, least, most) => {
  expect(shareOf(name)).toBeGreaterThanOrEqual(least);
  expect(shareOf(name)).toBeLessThanOrEqual(most);
});

test('speech without punctuation loses little', () => {
  expect(numbersOf('good answers without punctuation: loss of the mean')[0]).toBeLessThanOrEqual(
    0.04,
  );
});
