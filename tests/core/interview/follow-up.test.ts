import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import { followUpGrade, questionAsked } from '../../../src/core/interview/follow-up.ts';
import type { Exchange } from '../../../src/core/interview/state.ts';
import { gradeInTests } from '../../support/grading.ts';

const { spoken } = readCatalog().catalog;

/** How an answer to a follow-up on a question of the bank is graded. */
function gradeIn(id: string, asked: Pick<Exchange, 'ask' | 'point' | 'expect'>, answer: string) {
  const question = spoken.find((each) => each.id === id);
  if (!question) throw new Error(`No ${id}`);
  const exchange: Exchange = { ...asked, answer, depth: 1, ticked: [], contested: [] };
  const grade = gradeInTests(questionAsked(question, exchange), answer);
  const read = (of: typeof question, text: string) => gradeInTests(of, text);
  return followUpGrade(grade, { question, exchange, read });
}

const HEADS = 'c3-bug-gqa-head-map';
const PRINT = { ask: 'Print the index array for 8 and 2 heads.', point: 'reason' };

test('figures that the question shows as well are no copy of it', () => {
  const { flags, points } = gradeIn(HEADS, PRINT, '[0 1 0 1 0 1 0 1], should be [0 0 0 0 1 1 1 1]');

  expect(flags).toEqual([]);
  expect(points.find(({ id }) => id === 'reason')?.verdict).toBe('covered');
});

test.each([
  ['a sentence of the question', 'query heads 0-3 use K/V head 0 and heads 4-7 use head 1'],
  ['words of the question', 'tests with query heads sharing K/V heads pass the port'],
])('%s is still a copy', (_, answer) => {
  expect(gradeIn(HEADS, PRINT, answer).flags).toContain('copy');
});
