import { expect, test } from 'vitest';
import { readCatalog } from '../../src/catalog.ts';
import { chaptersOfPath, readChapter, readChapters } from '../../src/session/chapter-input.ts';

const { catalog } = readCatalog();

test.each([
  [undefined, []],
  ['', []],
  ['all', []],
  ['3, 5 8', [3, 5, 8]],
  ['12', []],
  ['3 12', []],
  ['3-6', [3, 4, 5, 6]],
  ['3 – 6', [3, 4, 5, 6]],
  ['3 to 5', [3, 4, 5]],
  ['1,3-5', [1, 3, 4, 5]],
  ['5, 4—6 4', [5, 4, 6]],
  ['7-7', [7]],
  ['10-12', []],
  ['attention', [3]],
  ['kv cache', [5]],
  ['transformers', [2]],
])('chapters typed as %j are %j', (typed, expected) => {
  expect(readChapters(typed, { catalog })).toEqual(expected);
});

test.each(['0', '13', 'five', '5.5', '-1', '5-13', '0-3', '6-3', '3-', '1-2-3'])(
  '%s is no chapter',
  (typed) => {
    expect(() => readChapters(`3 ${typed}`, { catalog })).toThrow(
      `"${typed}" isn't a chapter. Enter numbers from 1 to 11`,
    );
  },
);

test.each([
  ['5', 5],
  ['12', 12],
  ['fine-tuning', 7],
  ['architecture types', 4],
])('one chapter typed as %j is %j', (typed, expected) => {
  expect(readChapter(typed, { catalog })).toBe(expected);
});

test('a name that two chapters have is none', () => {
  expect(() => readChapter('architecture', { catalog })).toThrow(
    'Enter chapters by number: Transformer architecture is 2',
  );
});

test('a path goes through the chapters that own questions', () => {
  expect(chaptersOfPath('b', { catalog })).toEqual([1, 2, 3, 5, 7, 8]);
  expect(chaptersOfPath(undefined, { catalog })).toEqual([]);
});
