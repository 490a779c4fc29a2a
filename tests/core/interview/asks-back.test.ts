import { expect, test } from 'vitest';
import { unreadable } from '../../../src/core/interview/remarks.ts';
import { grade } from '../grading/tools.ts';

test.each([
  'Batch size one or a loaded server?',
  'Do you mean the KV cache of keys and values of all past tokens?',
  'Should I assume fp16?',
])('a question back is never graded: %s', (answer) => {
  expect(unreadable(grade(answer), answer)).toBe('question');
});

test('who asks for a hint is to get one', () => {
  const asked = 'Could you give me a hint?';

  expect(unreadable(grade(asked), asked)).toBe('hint');
});

test.each([
  'It keeps keys and values of past tokens, right?',
  'The cache grows linearly. Is that what you mean?',
  'What fills the memory is the KV cache.',
])('an answer that ends in doubt is graded: %s', (answer) => {
  expect(unreadable(grade(answer), answer)).toBeUndefined();
});
