import fc from 'fast-check';
import { expect, test } from 'vitest';
import { annotate } from '../../../../src/core/interview/grading/annotate.ts';
import { flowOf } from '../../../../src/core/interview/grading/grammar.ts';
import { sentences } from '../../../../src/core/interview/grading/sentences.ts';
import { background, lexicon } from './tools.ts';

const flow = (text: string) =>
  flowOf(
    sentences(text).map((sentence) => annotate(sentence, lexicon).tokens),
    background.grammar,
  );

const PROSE =
  'A junior engineer once told me that the cache is only there to save disk. It is not: the keys and values of all earlier tokens stay in memory, so that each new step has to read them instead of computing them again.';

test('words in order flow better than the same words in any other order', () => {
  const words = PROSE.replace(/[.,:]/g, '').split(' ');
  fc.assert(
    fc.property(fc.shuffledSubarray(words, { minLength: words.length }), (shuffled) => {
      expect(flow(shuffled.join(' '))).toBeLessThan(flow(PROSE) - 0.2);
    }),
    { numRuns: 100, seed: 1 },
  );
});

test('notes in shorthand flow by chance, prose better', () => {
  expect(flow(PROSE)).toBeGreaterThan(0.25);
  expect(
    Math.abs(flow('kv cache = 2 * layers * heads * dim, grows w/ tokens, read each step')),
  ).toBeLessThan(0.3);
  expect(flow('')).toBe(0);
});
