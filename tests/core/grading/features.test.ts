import { expect, test } from 'vitest';
import { cutClauses } from '../../../src/core/grading/clauses.ts';
import { findEvidence } from '../../../src/core/grading/evidence.ts';
import type { FeatureName } from '../../../src/core/grading/feature-names.ts';
import { FEATURES } from '../../../src/core/grading/features.ts';
import { readPassage } from '../../../src/core/grading/passage.ts';
import { prepareQuestion } from '../../../src/core/grading/question.ts';
import { words } from './tools.ts';

const question = prepareQuestion(
  {
    prompt: 'What limits inference?',
    keyPoints: [
      {
        id: 'decode',
        text: 'Decode is limited by bandwidth.',
        weight: 1,
        phrasings: ['token generation waits for memory bandwidth'],
        wrong: ['Decode is limited by compute.'],
      },
      { id: 'growth', text: 'The cache grows with the length.', weight: 1 },
    ],
  },
  words,
);

function feature(name: FeatureName, answer: string, point: number): number {
  const [best] =
    findEvidence(question, readPassage(cutClauses(answer), words.lexicon))[point] ?? [];
  return best ? FEATURES[name](best.evidence) : 0;
}

test('words of the best wording', () => {
  expect(feature('match', 'Decode is limited by bandwidth.', 0)).toBe(1);
  expect(feature('match', 'Nothing of it.', 0)).toBeLessThan(0.2);
  // Not in its sense: denied, or the other end of the scale.
  expect(feature('match', 'Decode is not limited by bandwidth.', 0)).toBeLessThan(0.5);
  expect(feature('match', 'The cache shrinks with the length.', 1)).toBeLessThan(0.7);
});

test.each<[FeatureName, string, string, number]>([
  ['wrongWording', 'Decode is limited by compute.', 'The cache grows with the length.', 0],
  ['breadth', 'Token generation waits for memory bandwidth.', 'Decode is fast.', 0],
  ['otherPoint', 'The cache grows with the length.', 'Decode is limited by bandwidth.', 0],
  ['asked', 'Inference has limits.', 'Decode waits for memory bandwidth.', 0],
  ['answerOdds', 'Decode is limited by compute.', 'Decode waits for memory bandwidth.', 0],
  ['odds', 'Decode is limited by compute.', 'Decode waits for memory bandwidth.', 0],
])('%s is higher in "%s" than in "%s"', (name, wrong, right, point) => {
  expect(feature(name, wrong, point)).toBeGreaterThan(feature(name, right, point));
});
