import { expect, test } from 'vitest';
import { readCatalog } from '../../../../src/catalog.ts';
import { chooseDrawn } from '../../../../src/core/questions/generators/choose-drawn.ts';
import { isDrawn, kindOf } from '../../../../src/core/questions/generators/drawn.ts';

const { generators, areTwins } = readCatalog().catalog;
const ALL = { difficulties: [], chapters: [] };

/** Posts of a year, each an item of the bank or a drawn question. */
function year(unseen: number, mix: Parameters<typeof chooseDrawn>[0]['mix'] = ALL): string[] {
  const asked: string[] = [];
  for (let day = 0; day < 365; day += 1) {
    const drawn = chooseDrawn({
      generators,
      mix,
      asked,
      areTwins,
      unseen,
      seed: `team-1 day ${day}`,
    });
    asked.push(drawn?.id ?? `item-${day}`);
  }
  return asked;
}

test('at most one of four questions in a row is drawn', () => {
  for (const asked of [year(100), year(0)]) {
    for (let start = 0; start + 4 <= asked.length; start += 1) {
      expect(asked.slice(start, start + 4).filter(isDrawn).length).toBeLessThanOrEqual(1);
    }
  }
});

test('every fourth is drawn once the mix is used up, and fewer before', () => {
  const drawn = (asked: string[]) => asked.filter(isDrawn).length;

  // Three items, then one drawn, 91 times in 365 days.
  expect(drawn(year(0))).toBe(91);
  expect(drawn(year(100))).toBeGreaterThan(20);
  expect(drawn(year(100))).toBeLessThan(80);
});

test('no question of the first days is drawn', () => {
  const about = { generators, areTwins, mix: ALL, unseen: 0, seed: 'x' };

  expect(chooseDrawn({ ...about, asked: [] })).toBeUndefined();
  expect(chooseDrawn({ ...about, asked: ['a', 'b'] })).toBeUndefined();
  expect(chooseDrawn({ ...about, asked: ['a', 'b', 'c'] })).toBeDefined();
});

test('the same team and day have the same question', () => {
  const about = { generators, areTwins, mix: ALL, asked: ['a', 'b', 'c'], unseen: 0 };

  expect(chooseDrawn({ ...about, seed: 'team-1 2026-03-05' })).toEqual(
    chooseDrawn({ ...about, seed: 'team-1 2026-03-05' }),
  );
});

test('a mix keeps its chapters and difficulties', () => {
  const drawn = year(0, { difficulties: ['hard'], chapters: [5, 8] }).filter(isDrawn);
  const kinds = generators.filter(({ id }) => drawn.some((each) => kindOf(each) === id));

  expect(kinds.every(({ chapter }) => [5, 8].includes(chapter))).toBe(true);
  expect(kinds.every(({ difficulty }) => difficulty === 'hard')).toBe(true);
});

test('no kind comes soon after an item of the bank that asks the same', () => {
  const about = { generators, areTwins, mix: ALL, unseen: 0 };
  const seeds = Array.from({ length: 300 }, (_, index) => `team-1 day ${index}`);
  const kindsAfter = (asked: string[]) =>
    new Set(seeds.map((seed) => kindOf(chooseDrawn({ ...about, asked, seed })?.id ?? '')));

  expect(kindsAfter(['a', 'b', 'c'])).toContain('kv-per-token');
  expect(kindsAfter(['c5-kv-bytes-qwen', 'b', 'c'])).not.toContain('kv-per-token');
  expect(kindsAfter(['c5-kv-bytes-qwen', ...Array(30).fill('a')])).toContain('kv-per-token');
});

test('no kind comes twice before all have come once', () => {
  const kinds = year(0).filter(isDrawn).map(kindOf);

  expect(new Set(kinds.slice(0, 48)).size).toBe(48);
});
