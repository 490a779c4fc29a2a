import { expect, test } from 'vitest';
import { annotate } from '../../../src/core/grading/text/annotate.ts';
import { normalise } from '../../../src/core/grading/text/normalise.ts';
import { agree, readQuantity, wordValue } from '../../../src/core/grading/text/quantities.ts';
import { sentences } from '../../../src/core/grading/text/sentences.ts';
import { isTypoOf } from '../../../src/core/grading/text/typo.ts';
import { words as grading } from './tools.ts';

const { lexicon } = grading;

const words = (text: string) => annotate(text, lexicon).filter(({ kind }) => kind !== 'mark');
const stems = (text: string) => words(text).map(({ stem }) => stem);

test.each([
  ['O(n²)', 'quadratic'],
  ['O(n^2)', 'quadratic'],
  ['O(T²d)', 'quadratic'],
  ['O(n)', 'linear'],
  ['N×N', 'nxn'],
  ['T x T', 'nxn'],
  ['√d_k', 'sqrt d_k'],
  ['\\sqrt{d_k}', 'sqrt(d_k)'],
  ['sqrt(d_k)', 'sqrt(d_k)'],
  ['2·L·h', '2 * L * h'],
  ['2*L*h', '2 * L * h'],
  ['α → ∞', 'alpha -> infinity'],
  ['a\u200bb\u202e', 'ab'],
])('%s is read as %s', (written, plain) => {
  expect(
    normalise(written)
      .replace(/\s+/g, ' ')
      .replace(/\( ?(\w+) ?\)/, '($1)')
      .trim(),
  ).toBe(plain);
});

test('letters of a formula, operators and numbers are told apart', () => {
  expect(words('2·L·h_kv·d').map(({ kind }) => kind)).toEqual([
    'number',
    'operator',
    'symbol',
    'operator',
    'symbol',
    'word',
    'operator',
    'symbol',
  ]);
});

test.each([
  ['w/ gqa', 'with grouped-query attention'],
  ['tok/s b/c of bw', 'tokens per second because of bandwidth'],
  ['attn, ctx, mem', 'attention, context, memory'],
])('shorthand %s means %s', (short, long) => {
  expect(stems(short)).toEqual(stems(long));
});

test('British and American spellings meet', () => {
  expect(stems('quantise the optimiser, normalised behaviour')).toEqual(
    stems('quantize the optimizer, normalized behavior'),
  );
});

test.each([
  [2, 'GiB', 2 * 1024 ** 3, 'byte'],
  [512, 'KiB', 524_288, 'byte'],
  [16, 'bytes', 16, 'byte'],
  [5, 'ms', 0.005, 'second'],
  [40, '%', 40, 'percent'],
  [1.5, 'x', 1.5, 'times'],
])('%s %s is %s %s', (value, unit, expected, kind) => {
  expect(readQuantity(value, unit)[0]).toMatchObject({ value: expected, unit: kind });
});

test('16B may be sixteen bytes or sixteen billion', () => {
  expect(
    readQuantity(16, 'B')
      .map(({ value }) => value)
      .sort(),
  ).toEqual([16, 16e9]);
});

test('GB and GiB are taken for each other, other sizes are not', () => {
  const size = (value: number, unit: string) => readQuantity(value, unit);

  expect(agree(size(2, 'GiB'), size(2.1, 'GB'))).toBe(true);
  expect(agree(size(2, 'GiB'), size(4, 'GiB'))).toBe(false);
});

test.each([
  ['two', 2],
  ['sixteen', 16],
  ['thirty-two', 32],
  ['half', 0.5],
])('%s is %s', (word, value) => {
  expect(wordValue(word)).toBe(value);
});

test('powers and thousands are read', () => {
  const value = (text: string) => words(text)[0]?.quantities[0]?.value;

  expect(value('10^9')).toBe(1e9);
  expect(value('2^31')).toBe(2 ** 31);
  expect(value('4,096 tokens')).toBe(4096);
});

test.each([
  ['It is exact. It is fast.', 2],
  ['It takes 3.5 ms, e.g. on a GPU.', 1],
  ['one\ntwo three\n- four five', 3],
  ['No end', 1],
  ['…', 0],
])('%s has %s sentences', (text, count) => {
  expect(sentences(text)).toHaveLength(count);
});

const denied = (text: string) =>
  words(text)
    .filter(({ polarity, stop, article }) => polarity === -1 && !stop && !article)
    .map(({ text: word }) => word);

test.each([
  ['weights are not updated', ['updated']],
  ["it doesn't add latency", ['add', 'latency']],
  ['it never writes the matrix, it reads tiles', ['writes', 'matrix']],
  ['no extra latency because it is merged', ['extra', 'latency']],
  ['not only smaller', []],
  ['it is not true that decode is fast', ['decode', 'fast']],
  ['nothing special', ['special']],
  [
    'a regression suite reveals nothing, and the base model helps',
    ['regression', 'suite', 'reveals'],
  ],
  ['comparing with the base model is beside the point', ['comparing', 'base', 'model']],
  ['it is wrong to think that decode is fast', ['decode', 'fast']],
])('in "%s" a denial reaches %j', (text, reached) => {
  expect(denied(text)).toEqual(reached);
});

test('opposites are sides of one scale, and a denial turns the side', () => {
  const side = (text: string) =>
    words(text)
      .flatMap(({ sides }) => sides)
      .find(({ scale }) => scale === 'amount')?.up;

  expect(side('the cache grows')).toBe(true);
  expect(side('the cache shrinks')).toBe(false);
  expect(side('the cache does not grow')).toBe(false);
});

test('a misspelling is one or two slips away and starts with the same letter', () => {
  expect(isTypoOf('cahce', 'cache')).toBe(true);
  expect(isTypoOf('quantizatoin', 'quantization')).toBe(true);
  expect(isTypoOf('batch', 'cache')).toBe(false);
  expect(isTypoOf('cchae', 'cache')).toBe(false);
  expect(isTypoOf('kay', 'key')).toBe(false);
});
