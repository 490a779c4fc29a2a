import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import {
  broughtBy,
  followUpGrade,
  questionAsked,
  usedPhrasings,
} from '../../../src/core/interview/follow-up.ts';
import type { Exchange } from '../../../src/core/interview/state.ts';
import { gradeInTests } from '../../support/grading.ts';

const { freeText } = readCatalog().catalog;

/** How an answer to a follow-up on a question of the bank is graded. */
function gradeIn(id: string, asked: Pick<Exchange, 'ask' | 'point' | 'expect'>, answer: string) {
  const question = freeText.find((each) => each.id === id);
  if (!question) throw new Error(`No ${id}`);
  const exchange: Exchange = { ...asked, answer, depth: 1 };
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

const LORA = 'c7-explain-lora';
const FORMULA = {
  ask: "Write down the layer's formula. Which symbols are trained?",
  point: 'update',
};
const START = { ask: 'What should the first forward pass look like?', point: 'init' };

test.each([
  [FORMULA, 'W x plus B A x. Just A and B are trained, W stays frozen.', 'all'],
  [FORMULA, 'h = Wx + BAx. A and B are trained.', 'all'],
  [FORMULA, 'h = Wx + BAx. W is trained.', 'nothing'],
  [FORMULA, 'As I said, it depends on the use case, but best practices apply.', 'nothing'],
  [START, 'same output as base, since B is zero', 'all'],
] as const)('what was asked for is found: %j, %s', (asked, answer, brought) => {
  const grade = gradeIn(LORA, asked, answer);

  const exchange = { ...asked, answer, grade, depth: 1 };
  expect(broughtBy(exchange, [])).toBe(brought);
});

const point = (id: string, credit: number) => ({
  id,
  text: id,
  verdict: 'missed' as const,
  credit,
  evidence: '',
  unsure: false,
});

/** An exchange after which two points have these credits. */
function exchangeWith(one: number, other: number, asked: Partial<Exchange> = {}): Exchange {
  const points = [point('one', one), point('other', other)];
  const grade = { score: 0.3, level: 1, levelWord: 'a start', points, flags: [] };
  return { depth: 0, grade: { ...grade, level: 1 }, ...asked };
}

test.each<[string, Exchange, string]>([
  ['its point', exchangeWith(0.7, 0, { point: 'one' }), 'all'],
  ['half of its point', exchangeWith(0.4, 0, { point: 'one' }), 'part'],
  ['another point than its own', exchangeWith(0, 0.7, { point: 'one' }), 'all'],
  ['any point when it asked what else', exchangeWith(0, 0.7), 'all'],
  [
    'another point than one that the bank asks for',
    exchangeWith(0, 0.7, { point: 'one', expect: 'It.' }),
    'nothing',
  ],
  ['what was there already', exchangeWith(0.2, 0.3, { point: 'one' }), 'nothing'],
])('a follow-up with %s brought what it asked for', (_, exchange, brought) => {
  expect(broughtBy({ ask: 'More?', ...exchange }, [exchangeWith(0.2, 0.3)])).toBe(brought);
});

const LAYER = {
  ask: "What does the layer's forward pass look like?",
  expect: 'h = W·x + (α/r)·B·A·x.',
};

test('a right answer in words of its own is recognized by the wordings that count', () => {
  const lora = freeText.find(({ id }) => id === LORA);
  if (!lora) throw new Error('No LoRA');
  const wordings = ['scale the skip path', 'the adapter joins the frozen output', 'twofold sum'];
  const followUps = [{ ...LAYER, phrasings: wordings }];
  const expected = questionAsked({ ...lora, followUps }, LAYER).keyPoints.at(-1);
  const used = usedPhrasings(LORA, 0, wordings);

  expect(expected?.phrasings).toEqual([LAYER.expect, ...used]);
  expect(used.length).toBeLessThan(wordings.length);
  expect(used.length).toBeGreaterThan(0);
});
