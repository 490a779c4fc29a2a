import { expect, test } from 'vitest';
import { traceOf } from '../../../src/core/grading/trace.ts';
import { cacheQuestion, grade, verdicts } from './tools.ts';

test('a lone right sentence earns its point, and no other', () => {
  expect(verdicts('It keeps the keys and values of all earlier tokens.')).toMatchObject({
    cache: 'covered',
    size: 'missed',
    gqa: 'missed',
  });
});

test('the same words count with and without punctuation', () => {
  const typed =
    'The KV cache keeps keys and values of earlier tokens. It takes 2 GiB for 4096 tokens. It grows linearly with the length.';
  const spoken = typed.toLowerCase().replace(/[.,]/g, '');

  expect(grade(typed).score - grade(spoken).score).toBeLessThan(0.1);
});

test('a denial is not the claim', () => {
  expect(verdicts('The KV cache does not hold keys and values of past tokens.')['cache']).not.toBe(
    'covered',
  );
});

test('the score is the share of the weight that was found', () => {
  const { points, score } = grade(cacheQuestion.modelAnswer ?? '');
  const weights = cacheQuestion.keyPoints.map(({ weight }) => weight / 7);

  expect(score).toBeCloseTo(
    points.reduce((sum, { credit }, i) => sum + credit * (weights[i] ?? 0), 0),
  );
});

test('without a required point the score is capped, and the grade says by which', () => {
  const question = {
    ...cacheQuestion,
    keyPoints: cacheQuestion.keyPoints.map((point) => ({ ...point, required: point.id === 'gqa' })),
  };
  const answer =
    'The KV cache holds keys and values of all past tokens. It takes 2 GiB for one chat. It grows linearly with the length.';
  const graded = grade(answer, question);

  expect(graded.score).toBe(0.6);
  expect(graded.cappedBy).toEqual([expect.stringContaining('Grouped-query')]);
});

test('what was said before counts for a follow-up', () => {
  const before = ['Query heads share KV heads with grouped-query attention, so it gets smaller.'];

  expect(
    grade('And it takes 2 GiB for 4096 tokens.', cacheQuestion, before).points.map(
      ({ verdict }) => verdict,
    ),
  ).toEqual(expect.arrayContaining(['covered', 'covered']));
});

test('a false claim beside a right one takes nothing off', () => {
  const right = 'The KV cache holds keys and values of all past tokens.';
  const both = grade(`${right} The cache stores the attention matrix.`);

  expect(both.points[0]).toMatchObject({ id: 'cache', verdict: 'covered' });
  // 2 of 7 of the weight, as without it.
  expect(both.score).toBeCloseTo(grade(right).score, 1);
});

test('a trace says why each point got what it got', () => {
  const trace = traceOf(grade('It keeps the keys and values of all earlier tokens.'));

  expect(trace).toContain('covered');
  expect(trace).toContain('nearest wording');
  expect(trace).toMatch(/score \d+ %/);
});
