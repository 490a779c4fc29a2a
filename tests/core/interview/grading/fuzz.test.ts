import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cacheQuestion, grade } from './tools.ts';

function expectSound(answer: string): void {
  const result = grade(answer);

  expect(result.score).toBeGreaterThanOrEqual(0);
  expect(result.score).toBeLessThanOrEqual(1);
  expect([0, 1, 2, 3, 4]).toContain(result.level);
  expect(result.points).toHaveLength(cacheQuestion.keyPoints.length);
  for (const { credit } of result.points) expect(credit).toBeGreaterThanOrEqual(0);
}

test.each([
  ['prototype words', 'constructor __proto__ toString hasOwnProperty valueOf'],
  ['null bytes', 'the cache\0 keeps \0 keys'],
  ['lone surrogates', 'cache \ud83d keys \udc00 values'],
  ['right-to-left marks', '\u202ecache\u202c keeps \u2067keys\u2069 and values'],
  ['Arabic', 'ذاكرة التخزين المؤقت تحتفظ بالمفاتيح والقيم'],
  ['4,000 characters', 'The cache keeps keys and values of tokens. '.repeat(93)],
  ['40,000 characters', 'a'.repeat(40_000)],
  ['one long line of digits', '1'.repeat(4000)],
  ['brackets', '(((((((((([[[[[[[[{{{{{{'.repeat(100)],
  ['slashes and backslashes', '\\\\\\frac{{{\\sqrt////w/o/w/'.repeat(50)],
  ['stars', '* '.repeat(2000)],
  ['newlines', '\n\n\n-\n*\n1.\n'.repeat(300)],
  ['nots', 'not '.repeat(900)],
  ['numbers', '2 × 32 × 32 × 128 × 2 B = 524288 B; '.repeat(90)],
  ['regex', '.*+?^$ {}()|[]\\$&$1'],
])('%s do no harm', (_, answer) => {
  expectSound(answer);
});

test('any text gets a grade', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 400 }), expectSound), {
    numRuns: 300,
  });
});

test('any mixture of field words and signs gets a grade', () => {
  const piece = fc.constantFrom(
    'kv',
    'cache',
    'not',
    'never',
    'O(n²)',
    '2·L',
    '√d_k',
    '10^9',
    '4,096',
    'GiB',
    '->',
    '=',
    '<',
    ',',
    '.',
    '\n',
    'w/',
    "n't",
    'T=0',
    'fewer',
    'more',
    '½',
    'A',
    '_',
    '^',
    '%',
    'it is wrong that',
  );
  const text = fc.array(piece, { maxLength: 120 }).map((pieces) => pieces.join(' '));

  fc.assert(fc.property(text, expectSound), { numRuns: 300 });
});

test('any question can be prepared', () => {
  const point = fc.record({
    id: fc.string({ minLength: 1, maxLength: 8 }),
    text: fc.string({ maxLength: 60 }),
    weight: fc.double({ min: 0, max: 3, noNaN: true }),
    phrasings: fc.array(fc.string({ unit: 'binary', maxLength: 40 }), { maxLength: 3 }),
  });
  const question = fc.record({
    prompt: fc.string({ maxLength: 80 }),
    keyPoints: fc.array(point, { maxLength: 4 }),
    modelAnswer: fc.string({ maxLength: 80 }),
  });

  fc.assert(
    fc.property(question, fc.string({ maxLength: 120 }), (asked, answer) => {
      const { score } = grade(answer, asked);

      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(1);
    }),
    { numRuns: 150 },
  );
});

test('the longest answer is graded in no time that a person would notice', () => {
  const answer =
    'Grouped-query attention shares one key head among several query heads, so less is read. '
      .repeat(50)
      .slice(0, 4000);
  grade(answer);

  const started = performance.now();
  grade(answer);

  expect(performance.now() - started).toBeLessThan(2000);
});
