import { expect, test } from 'vitest';
import { lintKeyPoints } from '../../../src/core/interview/grading/lint.ts';
import { background, cacheQuestion, lexicon } from './grade-tools.ts';

const tools = { lexicon, background };
const sound = { id: 'q1', chapter: 5, ...cacheQuestion };
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
  expect(problem?.text).toContain('gqa');
});

test('a model answer that makes a false claim is named', () => {
  const modelAnswer = `${cacheQuestion.modelAnswer} The cache stores the attention matrix.`;

  expect(rules([{ ...sound, modelAnswer }])).toContain('red-flag');
});

test('a phrasing that is recognised as another point is named', () => {
  const [first, second] = cacheQuestion.keyPoints;
  if (!first || !second) throw new Error('the question has points');
  const twin = {
    ...second,
    id: 'twin',
    text: 'Keys and values of past tokens are held in the KV cache.',
  };

  expect(rules([{ ...sound, keyPoints: [first, twin] }])).toContain('other-point');
});

test('a phrasing without telling words is named', () => {
  const [first] = cacheQuestion.keyPoints;
  if (!first) throw new Error('the question has points');
  const vague = { ...first, phrasings: ['it is a good thing'] };

  expect(rules([{ ...sound, keyPoints: [vague] }])).toContain('own-point');
});

test('key points that another model answer meets are named', () => {
  const twin = { ...sound, id: 'q2' };

  expect(rules([sound, twin])).toEqual(['other-answer', 'other-answer']);
  expect(rules([sound, { ...twin, chapter: 6 }])).toEqual([]);
});
