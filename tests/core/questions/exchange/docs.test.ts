import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readUpload } from '../../../../src/core/questions/exchange/read.ts';

const page = readFileSync(new URL('../../../../docs/team-questions.md', import.meta.url), 'utf8');
const examples = [...page.matchAll(/```(yaml|csv)\n([\s\S]*?)```/g)].map(
  ([, kind = '', text = '']) => [kind, text] as const,
);

test.each(examples)('the %s example of the docs can be imported', (_, text) => {
  const { questions, problems } = readUpload({ file: 'docs', text }, 2_000);

  expect(problems).toEqual([]);
  expect(questions.length).toBeGreaterThan(0);
});

test('the docs have an example of each', () => {
  expect(examples.map(([kind]) => kind)).toEqual(['yaml', 'csv']);
});
