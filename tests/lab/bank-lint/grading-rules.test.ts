import { expect, test } from 'vitest';
import { lintKeyPoints } from '../../../lab/bank-lint/grading-rules.ts';
import { cacheQuestion, words as tools } from '../../core/grading/tools.ts';

const sound = { ...cacheQuestion, id: 'q1', chapter: 5 };
const rules = (questions: Parameters<typeof lintKeyPoints>[0]) =>
  lintKeyPoints(questions, tools).map(({ rule }) => rule);

test('sound key points have no problem', () => {
  expect(lintKeyPoints([sound], tools)).toEqual([]);
});

test('a model answer that leaves points out is named with them', () => {
  const [problem] = lintKeyPoints(
    [{ ...sound, modelAnswer: 'The KV cache holds keys and values of all past tokens.' }],
    tools,
  );

  expect(problem).toMatchObject({ id: 'q1', rule: 'model-answer' });
  expect(problem?.message).toContain('gqa');
});

test('a phrasing that is recognized as another point is named', () => {
  const [first, second] = cacheQuestion.keyPoints;
  if (!first || !second) throw new Error('the question has points');
  const twin = {
    ...second,
    id: 'twin',
    text: first.phrasings?.[0] ?? first.text,
  };

  expect(rules([{ ...sound, keyPoints: [first, twin] }])).toContain('other-point');
});

test('a phrasing without telling words is named', () => {
  const [first] = cacheQuestion.keyPoints;
  if (!first) throw new Error('the question has points');
  const vague = { ...first, phrasings: ['it is a good thing'] };

  expect(rules([{ ...sound, keyPoints: [vague] }])).toContain('own-point');
});

test('a bad wording is an error at its place, and the answer of a neighbor a warning', () => {
  const [first, ...rest] = cacheQuestion.keyPoints;
  if (!first) throw new Error('the question has points');
  const phrasings = [...(first.phrasings ?? []), 'it is a good thing'];
  const planted = { ...sound, keyPoints: [{ ...first, phrasings }, ...rest] };

  const found = lintKeyPoints([planted, { ...sound, id: 'q2' }], tools);

  expect(found.map(({ level, rule, id }) => [level, rule, id])).toEqual([
    ['warning', 'other-answer', 'q1'],
    ['error', 'own-point', 'q1'],
    ['warning', 'other-answer', 'q2'],
  ]);
  expect(found[1]?.path).toEqual(['keyPoints', 0, 'phrasings', phrasings.length - 1]);
});

test('neighbors are left alone where only errors are asked for', () => {
  expect(lintKeyPoints([sound, { ...sound, id: 'q2' }], tools, { errorsOnly: true })).toEqual([]);
});

test('key points that another model answer meets are named', () => {
  const twin = { ...sound, id: 'q2' };

  expect(rules([sound, twin])).toEqual(['other-answer', 'other-answer']);
  expect(rules([sound, { ...twin, chapter: 6 }])).toEqual([]);
});
