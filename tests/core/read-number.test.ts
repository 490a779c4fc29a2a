import { expect, test } from 'vitest';
import { checkNumber, unclearNumber } from '../../src/core/questions/check-answer.ts';
import { readNumber } from '../../src/core/read-number.ts';
import { numericItem } from '../support/items.ts';

test.each<[typed: string, value: number | undefined, unit?: string]>([
  ['16', 16],
  ['1.5 GiB', 1.5, 'GiB'],
  ['1,5 GiB', 1.5, 'GiB'],
  ['.5', 0.5],
  [',5', 0.5],
  ['5.', 5],
  ['0,128', 0.128],
  ['1,2345', 1.2345],
  ['1,234', 1234],
  ['1 234', 1234],
  ['1 234 567 tokens', 1_234_567, 'tokens'],
  ["1'234", 1234],
  ['1_000_000', 1_000_000],
  ['1,234.5', 1234.5],
  ['1.234,5', 1234.5],
  ['1.234.567', 1_234_567],
  ['131,072 tokens', 131_072, 'tokens'],
  ['1 234,5', 1234.5],
  ['3/4', 0.75],
  ['3 / 4 GiB', 0.75, 'GiB'],
  ['1 1/2', 1.5],
  ['½', 0.5],
  ['1½', 1.5],
  ['-1/4', -0.25],
  ['−3', -3],
  ['12 %', 12, '%'],
  ['≈ 12', 12],
  ['1.5e9', 1.5e9],
  ['3×10^8', 3e8],
  ['1/0', undefined],
  ['1,23,4', undefined],
  ['1,234.567,8', undefined],
  ['12,34.5', undefined],
  ['1.234.56', undefined],
  ['lots', undefined],
  ['', undefined],
])('%s', (typed, value, unit = '') => {
  const read = readNumber(typed);

  expect(read?.value).toBe(value);
  if (read) expect(read.unit).toBe(unit);
});

const plain = { unit: '', accepts: [], slips: [] };
const share = numericItem('n', { ...plain, answer: 0.75 });
const percent = numericItem('n', { ...plain, answer: 75, unit: '%' });
const large = numericItem('n', { ...plain, answer: 1234 });
const small = numericItem('n', { ...plain, answer: 1.234 });

test.each([
  ['a percentage where there is no unit', share, '75%'],
  ['a fraction', share, '3/4'],
  ['per cent in words', percent, '75 percent'],
  ['a thousands mark', large, '1,234'],
  ['a decimal point', small, '1.234'],
] as const)('%s is right', (_, question, typed) => {
  expect(checkNumber(question, typed)?.right).toBe(true);
  expect(unclearNumber(question, typed)).toBeUndefined();
});

test.each([
  ['a comma that is a decimal one', small, '1,234', ['1.234', '1234']],
  ['a point that is a thousands mark', large, '1.234', ['1.234', '1234']],
  ['a share where percent are asked for', percent, '0.75', ['0.75%', '75%']],
  ['a fraction where percent are asked for', percent, '3/4', ['0.75%', '75%']],
] as const)('%s is asked about, not guessed', (_, question, typed, readings) => {
  expect(unclearNumber(question, typed)).toEqual(readings);
});

test.each([
  ['a number that is wrong either way', large, '2,345'],
  ['a share that is wrong either way', percent, '0.5'],
  ['no number', percent, 'lots'],
] as const)('%s is not unclear', (_, question, typed) => {
  expect(unclearNumber(question, typed)).toBeUndefined();
});
