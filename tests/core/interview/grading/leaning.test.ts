import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotate } from '../../../../src/core/interview/grading/annotate.ts';
import {
  loadBackground,
  storedLeaning,
} from '../../../../src/core/interview/grading/background.ts';
import {
  fieldLeaningOf,
  type Leaning,
  leaningOf,
  readLeaning,
} from '../../../../src/core/interview/grading/leaning.ts';
import { sentences } from '../../../../src/core/interview/grading/sentences.ts';
import { lexicon } from './tools.ts';

type Lines = ReturnType<typeof read>;

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
const nowhere: Leaning = { odds: new Map(), words: new Set() };

/** How an answer leans by a question's own wordings alone. */
const lean = (by: Leaning, lines: Lines) => readLeaning(by, new Map(), lines);

test('an answer in the pairs of right wordings leans to them, one in those of false wordings to these', () => {
  const told = lean(known, read('The tensor cores are busy in prefill.'));
  const turned = lean(known, read('The tensor cores are busy in decode.'));

  expect(turned.leaning).toBeGreaterThan(told.leaning);
  expect(lean(known, read(...right)).leaning).toBeLessThan(0);
  expect(lean(known, read(...wrong)).leaning).toBeGreaterThan(0);
});

test('two exchanged things are found by what their exchange would gain', () => {
  const told = read('Prefill keeps the tensor cores busy; decode waits for memory bandwidth.');
  const exchanged = read('Decode keeps the tensor cores busy; prefill waits for memory bandwidth.');

  expect(lean(known, exchanged).swapGain).toBeGreaterThan(lean(known, told).swapGain + 0.1);
});

test('words that no wording says tell nothing', () => {
  expect(lean(known, read('My uncle repairs old bicycles on Sundays.'))).toEqual({
    leaning: 0,
    field: 0,
    swapGain: 0,
  });
});

test('without false wordings nothing leans', () => {
  const plain = leaningOf(read(...right), []);

  expect(lean(plain, read(...right))).toEqual({ leaning: 0, field: 0, swapGain: 0 });
});

test('both numbers stay within their bounds for any text', () => {
  const word = fc.constantFrom(
    ...'prefill decode tensor cores busy waits memory token not'.split(' '),
  );

  fc.assert(
    fc.property(fc.array(word, { maxLength: 60 }), (words) => {
      const { leaning, swapGain } = lean(known, read(words.join(' ')));
      expect(Math.abs(leaning)).toBeLessThanOrEqual(2);
      expect(swapGain).toBeGreaterThanOrEqual(0);
    }),
  );
});

const often = (lines: Lines, times = 5) => Array.from({ length: times }, () => lines).flat();
const ofField = (stem: string) => stem !== 'busi';

test('what the field says often tells right from false where a question has no false wordings', () => {
  const field = fieldLeaningOf(often(read(...right)), often(read(...wrong)), () => true);
  const told = readLeaning(nowhere, field, read('Decode waits for the bandwidth of the memory.'));
  const turned = readLeaning(
    nowhere,
    field,
    read('Prefill waits for the bandwidth of the memory.'),
  );

  expect(told.field).toBeLessThan(0);
  expect(turned.field).toBeGreaterThan(0);
  expect(turned.leaning).toBe(0);
});

test('what the field says seldom, or in words that are not its own, tells nothing', () => {
  const seldom = fieldLeaningOf(read(...right), read(...wrong), () => true);
  const own = fieldLeaningOf(often(read(...right)), often(read(...wrong)), ofField);

  expect(seldom.size).toBe(0);
  expect([...own.keys()].filter((pair) => pair.split('|').includes('busi'))).toEqual([]);
  expect(own.size).toBeGreaterThan(0);
});

test('the stored table is read again as it was counted', () => {
  const field = fieldLeaningOf(often(read(...right)), often(read(...wrong)), () => true);
  const file = { texts: 1, counts: {}, pairs: {}, leaning: storedLeaning(field), topics: [] };

  expect(new Map([...loadBackground(file).leaning].sort())).toEqual(new Map([...field].sort()));
});
