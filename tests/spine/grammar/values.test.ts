import { expect, test } from 'vitest';
import { coerce } from '../../../src/spine/grammar/values.ts';

const option = { name: 'price', label: 'Price', summary: 'A price', required: false };

test.each([
  ['0,5', 0.5],
  ['1,024', 1024],
  ['1.024,5', 1024.5],
  ['3/4', 0.75],
  ['$2.10/h', 2.1],
  ['-3', -3],
  ['1e3', 1000],
])('%s is a number', (typed, value) => {
  expect(coerce({ ...option, kind: 'number' }, typed)).toEqual({ value });
});

test.each(['1,23,4', '1.234.56', '3 GB', 'lots'])('%s is refused', (typed) => {
  expect(coerce({ ...option, kind: 'number' }, typed)).toHaveProperty('problem');
});
