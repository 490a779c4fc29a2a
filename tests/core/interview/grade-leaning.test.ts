import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotate } from '../../../src/core/interview/grading/annotate.ts';
import { leaningOf, readLeaning } from '../../../src/core/interview/grading/leaning.ts';
import { sentences } from '../../../src/core/interview/grading/sentences.ts';
import { lexicon } from './grade-tools.ts';

const read = (...texts: string[]) =>
  texts.flatMap(sentences).map((text) => annotate(text, lexicon).tokens);

const right = [
  'Prefill handles the prompt in parallel and keeps the tensor cores busy.',
  'Decode writes one token a step and waits for memory bandwidth.',
];
const wrong = [
  'Decode keeps the tensor cores busy.',
  'Prefill writes one token a step.',
  'Prefill waits for memory bandwidth.',
];
const known = leaningOf(read(...right), read(...wrong));

test('an answer in the pairs of right wordings leans to them, one in those of false wordings to these', () => {
  const told = readLeaning(known, read('The tensor cores are busy in prefill.'));
  const turned = readLeaning(known, read('The tensor cores are busy in decode.'));

  expect(turned.leaning).toBeGreaterThan(told.leaning);
  expect(readLeaning(known, read(...right)).leaning).toBeLessThan(0);
  expect(readLeaning(known, read(...wrong)).leaning).toBeGreaterThan(0);
});

test('two exchanged things are found by what their exchange would gain', () => {
  const told = read('Prefill keeps the tensor cores busy; decode waits for memory bandwidth.');
  const exchanged = read('Decode keeps the tensor cores busy; prefill waits for memory bandwidth.');

  expect(readLeaning(known, exchanged).swapGain).toBeGreaterThan(
    readLeaning(known, told).swapGain + 0.1,
  );
});

test('words that no wording says tell nothing', () => {
  expect(readLeaning(known, read('My uncle repairs old bicycles on Sundays.'))).toEqual({
    leaning: 0,
    swapGain: 0,
  });
});

test('without false wordings nothing leans', () => {
  const plain = leaningOf(read(...right), []);

  expect(readLeaning(plain, read(...right))).toEqual({ leaning: 0, swapGain: 0 });
});

test('both numbers stay within their bounds for any text', () => {
  const word = fc.constantFrom(
    ...'prefill decode tensor cores busy waits memory token not'.split(' '),
  );

  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const { leaning, swapGain } = readLeaning(known, read(words.join(' ')));
      expect(Math.abs(leaning)).toBeLessThanOrEqual(2);
      expect(swapGain).toBeGreaterThanOrEqual(0);
    }),
  );
});
