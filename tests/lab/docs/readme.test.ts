import { expect, test } from 'vitest';
import { examplesIn, fillExamples, shortened } from '../../../lab/docs/readme.ts';

const README = [
  'Text.',
  '<!-- example: all 1 0 -->',
  '```console',
  String.raw`$ printf 'daily\nb\n' | npm start`,
  '```',
  'More text.',
  '<!-- example: 2 -->',
  '```console',
  '$ npm start -- kv llama-3.1-8b',
  'an old line',
  '```',
].join('\n');

test('an example is what is piped in, or the words of one command', () => {
  expect(examplesIn(README)).toEqual([
    { words: [], input: 'daily\nb\n', keep: ['all', 1, 0], shown: '' },
    { words: ['kv', 'llama-3.1-8b'], input: undefined, keep: [2], shown: 'an old line' },
  ]);
});

test('an example of anything else is refused', () => {
  const other = README.replace('npm start -- kv', 'npm run kv');

  expect(() => examplesIn(other)).toThrow(RangeError);
});

test.each([
  ['all is kept', ['all', 'all', 'all'], 'a1\na2\n\nb1\nb2\n\nc1'],
  ['one mark stands for all messages that are cut in a row', [1], 'a1\n[…]'],
  ['a cut in the middle keeps its place', ['all', 0, 1], 'a1\na2\n\n[…]\n\nc1'],
] as const)('%s', (_, keep, shown) => {
  expect(shortened('a1\na2\n\nb1\nb2\n\nc1\n', [...keep])).toBe(shown);
});

test('an example that would show nothing is a mistake', () => {
  expect(() => shortened('a1\n\nb1\n', [0, 0, 4])).toThrow('shows nothing');
});

test('outputs replace what the examples showed, and nothing else', () => {
  const filled = fillExamples(README, ['one\n\n[…]', 'two']);

  expect(examplesIn(filled).map(({ shown }) => shown)).toEqual(['one\n\n[…]', 'two']);
  expect(fillExamples(filled, ['', 'an old line']).replace('start\n\n```', 'start\n```')).toBe(
    README,
  );
});
