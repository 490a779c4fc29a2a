import { expect, test } from 'vitest';
import { isRunOfPieces, listedShare } from '../../../../src/core/interview/grading/lists.ts';
import { mixedShare } from '../../../../src/core/interview/grading/mixing.ts';
import { exchangedShare } from '../../../../src/core/interview/grading/owners.ts';
import { readPassage } from '../../../../src/core/interview/grading/passage.ts';
import { prepareQuestion } from '../../../../src/core/interview/grading/prepare.ts';
import { sentences } from '../../../../src/core/interview/grading/sentences.ts';
import { denyingShare, turnedShare } from '../../../../src/core/interview/grading/stance.ts';
import type { GradedQuestion } from '../../../../src/core/interview/grading/types.ts';
import { background, cacheQuestion, lexicon } from './tools.ts';

const phases: GradedQuestion = {
  prompt: 'Compare prefill and decode.',
  modelAnswer:
    'Prefill reads the whole prompt in parallel and is limited by compute. Decode makes one token at a time and is limited by memory bandwidth.',
  keyPoints: [
    {
      id: 'prefill',
      text: 'Prefill is compute-bound, since it handles all prompt tokens at once.',
      weight: 1,
      phrasings: ['prefill does the prompt in parallel', 'prefill: compute is the limit'],
    },
    {
      id: 'decode',
      text: 'Decode is bandwidth-bound, since it loads all weights for a single token.',
      weight: 1,
      phrasings: ['decode goes token by token', 'decode: memory bandwidth is the limit'],
    },
  ],
};

const read = (question: GradedQuestion, answer: string) => {
  const prepared = prepareQuestion(question, lexicon, background);
  return { prepared, passage: readPassage(sentences(answer), prepared) };
};

function turned(answer: string, question = cacheQuestion): number {
  const { prepared, passage } = read(question, answer);
  return turnedShare(prepared.stance, passage, background);
}

function denying(answer: string): number {
  const { prepared, passage } = read(cacheQuestion, answer);
  return denyingShare(prepared.stance, passage);
}

function exchanged(answer: string, question = phases): number {
  const { prepared, passage } = read(question, answer);
  return exchangedShare(prepared.owners, passage, background);
}

function mixed(answer: string, question = phases): number {
  const { prepared, passage } = read(question, answer);
  return mixedShare(prepared.mixing, passage, prepared);
}

test('who says of the one what belongs to the other mixes the key points', () => {
  const right =
    'Prefill reads the whole prompt in parallel and computes. Decode loads all weights for one token and needs bandwidth.';
  const wrong =
    'Decode reads the whole prompt in parallel and needs bandwidth. Prefill loads all weights for one token and computes.';

  expect(mixed(wrong)).toBeGreaterThan(mixed(right) + 0.05);
  expect(mixed(phases.modelAnswer ?? '')).toBeCloseTo(0);
});

test('a few words prove no mixing, unknown ones none at all, and a model answer is not needed', () => {
  const { modelAnswer: _, ...bare } = phases;

  expect(mixed('Decode: all prompt tokens at once.')).toBeLessThan(0.1);
  expect(mixed('The weather is fine today.')).toBe(0);
  expect(mixed('Decode reads the whole prompt in parallel, token by token.', bare)).toBeGreaterThan(
    0,
  );
});

test('an answer that denies what all right wordings state is turned round', () => {
  const right =
    'The KV cache keeps keys and values of earlier tokens, and it grows linearly with the length.';
  expect(turned(right)).toBe(0);
  for (const denied of [
    'The KV cache does not keep keys and values of earlier tokens, and it never grows with the length.',
    'The KV cache fails to keep the keys and values of earlier tokens. It is free of any link to the length.',
    'Keeping keys and values of earlier tokens in the KV cache is useless.',
  ])
    expect(turned(denied), denied).toBeGreaterThan(0.2);
});

test('so is one that puts the other side of a scale next to a word', () => {
  const right = turned('Grouped-query attention makes the cache smaller.');
  expect(right).toBe(0);
  expect(turned('Grouped-query attention makes the cache larger.')).toBeGreaterThan(0.1);
});

test('a denial that the right wordings have, and words that they do not have, turn nothing', () => {
  const question: GradedQuestion = {
    ...cacheQuestion,
    keyPoints: [{ id: 'a', text: 'Base weights are not updated.', weight: 1 }],
  };
  expect(turned('The base weights are not updated.', question)).toBe(0);
  expect(turned('My uncle never liked bicycles.', question)).toBe(0);
});

test('two things that are told apart are exchanged when each gets the words of the other', () => {
  expect(
    exchanged('Prefill handles the prompt in parallel and is compute-bound, decode is not.'),
  ).toBe(0);
  expect(
    exchanged(
      'Decode handles all prompt tokens at once and is compute-bound. Prefill loads all weights for a single token and is bandwidth-bound.',
    ),
  ).toBeGreaterThan(0.2);
});

test('wordings and sentences without a name speak of the thing that was named last', () => {
  const nameless: GradedQuestion = {
    prompt: 'Compare prefill and decode.',
    keyPoints: [
      {
        id: 'prefill',
        text: 'Prefill is limited by compute.',
        weight: 1,
        phrasings: ['the whole prompt in parallel', 'many tokens share each weight'],
      },
      {
        id: 'decode',
        text: 'Decode is limited by memory bandwidth.',
        weight: 1,
        phrasings: ['one word after the other', 'every step loads the entire model again'],
      },
    ],
  };
  const told =
    'Prefill takes the whole prompt in parallel. Many tokens share each weight. Decode makes one word after the other. Every step loads the entire model again.';
  const turned =
    'Decode takes the whole prompt in parallel. Many tokens share each weight. Prefill makes one word after the other. Every step loads the entire model again.';

  expect(exchanged(told, nameless)).toBe(0);
  expect(exchanged(turned, nameless)).toBeGreaterThan(0.2);
});

test('an answer that denies something in most clauses denies more than right wordings do', () => {
  expect(denying('The KV cache keeps keys and values, and it grows with the length.')).toBe(0);
  expect(
    denying(
      'Nothing is kept of earlier tokens, the length has no bearing on memory, and sharing heads fails to shrink it.',
    ),
  ).toBeGreaterThan(0.4);
});

test('an answer that names one of the two exchanges nothing', () => {
  expect(exchanged('Decode handles all prompt tokens at once and is compute-bound.')).toBe(0);
});

test.each([
  ['KV cache, GQA, query heads, memory bandwidth, FP8', 1],
  ['KV cache / GQA / query heads / memory bandwidth / FP8', 1],
  ['The cache holds keys and values, so it grows with the length.', 0],
  ['cache = 2·L·h·T bytes, fp8 -> half', 0],
])('%s: the share of words that state nothing', (answer, share) => {
  expect(listedShare(read(cacheQuestion, answer).passage)).toBe(share);
});

test.each([
  [
    'rotary angle, base wavelength vs. training length, unseen angles, out-of-distribution logits, position scale, frequency crowding, by-parts ramp, attention temperature, tuning steps, dynamic scaling, cache size, head dimension, long context',
    true,
  ],
  [
    'kv cache = k/v of old tokens, per layer, grows w/ the length, so 4096 tok x 0.5 MB = 2 GiB, gqa: fewer kv heads, query heads share, cache shrinks by the ratio, less to read',
    false,
  ],
])('%s: term after term is %s', (answer, isRun) => {
  expect(isRunOfPieces(read(cacheQuestion, answer).passage)).toBe(isRun);
});

test('a verb is no name: what prefill "generates" is still said of prefill', () => {
  expect(
    exchanged(
      'Prefill generates one token at a time, it loads all weights for each. Decode handles the whole prompt in parallel.',
    ),
  ).toBeGreaterThan(0.2);
  expect(exchanged('Prefill handles the prompt in parallel. Generation goes token by token.')).toBe(
    0,
  );
});

test('a question is sparse while hardly any false wordings of its points are known', () => {
  const taught = (count: number): GradedQuestion => ({
    ...phases,
    keyPoints: phases.keyPoints.map((point) => ({
      ...point,
      wrong: ['prefill makes one token at a time', 'decode reads the prompt'].slice(0, count),
    })),
  });

  expect(read(taught(0), '').prepared.isSparse).toBe(true);
  expect(read(taught(1), '').prepared.isSparse).toBe(true);
  expect(read(taught(2), '').prepared.isSparse).toBe(false);
});
