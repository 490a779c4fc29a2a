import { expect, test } from 'vitest';
import { cacheQuestion, grade, verdicts } from './tools.ts';

const GOOD =
  'Besides the weights it is the KV cache: for each past token and layer we keep K and V. With fp16 that is 2 GiB for a chat of 4096 tokens, and it doubles when the context doubles. With GQA several query heads use the same KV head, so the cache gets smaller.';

test('each point comes with the sentence that made it, word for word', () => {
  const { points } = grade(GOOD);

  expect(points.find(({ id }) => id === 'gqa')?.evidence).toBe(
    'With GQA several query heads use the same KV head, so the cache gets smaller.',
  );
  for (const { evidence } of points) expect(GOOD).toContain(evidence);
});

test.each([
  [
    'second-language English',
    'GPU must also to keep key and value of every token before, this is the KV cache.',
    'cache',
  ],
  ['phone typing', 'kv heads < q heads w/ gqa so cache smaller', 'gqa'],
  ['a formula', 'bytes = 2*L*h_kv*d*T*2', 'size'],
  ['another notation of it', 'KV = 2 × n_layers × n_kv_heads × head_dim × seq_len × 2 B', 'size'],
  ['a unit of another kind', 'So one conversation costs roughly 2.1 GB.', 'size'],
  ['a slip of the finger', 'the cahce keeps the keys and valeus of earlier tokens', 'cache'],
])('%s is understood', (_, answer, point) => {
  expect(verdicts(answer)[point]).toBe('covered');
});

test.each([
  ['a denial', 'The keys and values of earlier tokens are not kept in a KV cache.', 'cache'],
  ['a denial in front', 'It is not true that grouped-query attention shrinks the cache.', 'gqa'],
  ['the opposite direction', 'Grouped-query attention makes the KV cache larger.', 'gqa'],
  ['another number', 'For 4096 tokens the cache takes 9 GiB.', 'size'],
])('%s is not the point', (_, answer, point) => {
  const result = grade(answer);

  expect(result.points.find(({ id }) => id === point)?.verdict).not.toBe('covered');
  expect(result.level).toBeLessThanOrEqual(1);
});

test('a denial that the point itself makes is agreement', () => {
  const question = {
    prompt: 'What does FlashAttention leave as it is?',
    keyPoints: [
      {
        id: 'flops',
        text: 'The number of operations does not fall.',
        weight: 1,
        phrasings: ['flops are not reduced', 'same amount of compute'],
      },
    ],
  };

  expect(verdicts('It does not reduce the FLOPs.', question)['flops']).toBe('covered');
  expect(verdicts('The compute stays the same.', question)['flops']).toBe('covered');
  expect(verdicts('It reduces the FLOPs a lot in each layer.', question)['flops']).not.toBe(
    'covered',
  );
});

test('two things told apart in one sentence are two points', () => {
  const question = {
    prompt: 'Which phase is limited by what?',
    keyPoints: [
      {
        id: 'prefill',
        text: 'Prefill is compute-bound.',
        weight: 1,
        phrasings: ['prefill is limited by FLOPs'],
      },
      {
        id: 'decode',
        text: 'Decode is memory-bound.',
        weight: 1,
        phrasings: ['decode is limited by memory bandwidth'],
      },
    ],
  };

  expect(verdicts('Prefill is compute-bound while decode is memory-bound.', question)).toEqual({
    prefill: 'covered',
    decode: 'covered',
  });
});

test('what was said before takes nothing from an answer to a follow-up, and adds nothing new', () => {
  const [first = '', ...rest] = GOOD.split(/(?<=\.) (?=With GQA)/);
  const short = 'Several heads use one K and V.';
  const credit = (before: string[], answer = short) =>
    grade(answer, cacheQuestion, before).points.find(({ id }) => id === 'gqa')?.credit ?? 0;

  expect(rest).toHaveLength(1);
  expect(credit([first])).toBeGreaterThanOrEqual(credit([]));
  // An answer that adds nothing earns nothing, and nonsense before one takes nothing away.
  expect(credit([first], 'Batching helps too.')).toBeLessThan(0.05);
  expect(credit(['The cache stores the attention matrix.'])).toBeGreaterThanOrEqual(credit([]));
});

test('without a required point the score stays in the middle', () => {
  const [first, ...rest] = cacheQuestion.keyPoints;
  if (!first) throw new Error('the question has points');
  const answer =
    'It takes 2 GiB for 4096 tokens, grows linearly with the length, and GQA shrinks it since query heads share KV heads.';
  const free = { ...cacheQuestion, keyPoints: [{ ...first, weight: 0.1 }, ...rest] };
  const strict = {
    ...free,
    keyPoints: [
      {
        ...first,
        weight: 0.1,
        text: 'Decode reads the prompt again.',
        phrasings: [],
        required: true,
      },
      ...rest,
    ],
  };

  expect(grade(answer, free).score).toBeGreaterThan(0.8);
  expect(grade(answer, strict).score).toBeLessThanOrEqual(0.6);
});

test('weights on any scale mean the same', () => {
  const tenfold = {
    ...cacheQuestion,
    keyPoints: cacheQuestion.keyPoints.map((point) => ({ ...point, weight: point.weight * 10 })),
  };

  expect(grade(GOOD, tenfold).score).toBeCloseTo(grade(GOOD).score, 10);
});

test('points without phrasings and questions without a model answer are graded too', () => {
  const bare = {
    prompt: cacheQuestion.prompt,
    keyPoints: cacheQuestion.keyPoints.map(({ id, text, weight }) => ({ id, text, weight })),
  };

  expect(grade(GOOD, bare).score).toBeGreaterThan(0.5);
  expect(grade('', { prompt: 'Why?', keyPoints: [] }).score).toBe(0);
});

test('the same answer always gets the same grade', () => {
  expect(grade(GOOD)).toEqual(grade(GOOD));
});

test('a question that was read long ago is read again and graded alike', () => {
  const question = { ...cacheQuestion };
  const answer = 'The KV cache keeps keys and values of earlier tokens.';
  const first = grade(answer, question);

  for (let other = 0; other < 40; other += 1) grade('It depends.', { ...cacheQuestion });

  expect(grade(answer, question)).toEqual(first);
});
