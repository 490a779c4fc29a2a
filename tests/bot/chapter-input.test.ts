import { expect, test } from 'vitest';
import { chaptersOfPath, readChapters } from '../../src/bot/chapter-input.ts';
import { readCatalog } from '../../src/catalog.ts';

const { catalog } = readCatalog();

test.each([
  [undefined, []],
  ['', []],
  ['all', []],
  ['3, 5 8', [3, 5, 8]],
  ['12', []],
  ['3 12', []],
])('chapters typed as %j are %j', (typed, expected) => {
  expect(readChapters(typed, { catalog })).toEqual(expected);
});

test.each(['0', '13', 'five', '5.5', '-1'])('%s is no chapter', (typed) => {
  expect(() => readChapters(`3 ${typed}`, { catalog })).toThrow(
    `"${typed}" is no chapter. Say numbers from 1 to 11`,
  );
});

test('a path goes through the chapters that own questions', () => {
  expect(chaptersOfPath('b', { catalog })).toEqual([1, 2, 3, 5, 7, 8]);
  expect(chaptersOfPath(undefined, { catalog })).toEqual([]);
});
