import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { COVERED } from '../../../src/core/grading/levels.ts';
import { bank } from './cases.ts';
import { grade } from './tools.ts';

const KINDS = ['full', 'terse', 'swapped'] as const;
const triples = z.array(
  z.object({
    id: z.string(),
    full: z.string(),
    terse: z.string(),
    swapped: z.string(),
    /** Which key points the full and the terse answer make, counted from 1. */
    said: z.object({ full: z.string(), terse: z.string() }),
  }),
);
const byId = new Map(bank.map((question) => [question.id, question]));

function read(name: string, sha256: string): unknown {
  const text = readFileSync(`${import.meta.dirname}/sets/${name}.json`, 'utf8');
  // Written before the code that they measure, and not changed since.
  expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
  return JSON.parse(text);
}

test('an answer is heard, full or terse, and seldom with its roles swapped', {
  timeout: 600_000,
}, () => {
  const answers = triples.parse(
    read('triples', '7b0fba86585a6a4b61da28cf9bfdcaa52a5bff2d435ca547cf8dbd3dcc3057ea'),
  );
  const share = (kind: (typeof KINDS)[number]) => {
    const heard = answers.flatMap((each) => {
      const said = each.said[kind === 'terse' ? 'terse' : 'full'];
      const { points } = grade(each[kind], byId.get(each.id));
      return points
        .filter((_, i) => said.includes(String(i + 1)))
        .map(({ credit }) => credit >= COVERED);
    });
    return heard.filter(Boolean).length / heard.length;
  };

  expect(share('full')).toBeGreaterThanOrEqual(0.9);
  expect(share('terse')).toBeGreaterThanOrEqual(0.75);
  // The goal is 0.25; without contrasts it was 0.46.
  expect(share('swapped')).toBeLessThanOrEqual(0.33);
});

test('a true sentence beside a model answer costs nothing', { timeout: 600_000 }, () => {
  const sentences = z
    .record(z.string(), z.array(z.string()))
    .parse(
      read('true-sentences', '329ed50274815bc623bda96b4084d89dfb2028bb189a934366e0e19b1837913b'),
    );
  const lost = Object.entries(sentences).flatMap(([id, list]) => {
    const question = byId.get(id);
    if (!question) throw new Error(`no question ${id}`);
    const alone = grade(question.modelAnswer, question);
    return list.filter((sentence) => {
      const both = grade(`${question.modelAnswer} ${sentence}`, question);
      return alone.points.some(
        ({ credit }, i) => credit >= COVERED && (both.points[i]?.credit ?? 0) < COVERED,
      );
    });
  });

  expect(lost).toEqual([]);
});

const phases = byId.get('c5-explain-two-phases');
const heard = (answer: string) =>
  grade(answer, phases)
    .points.filter(({ verdict }) => verdict === 'covered')
    .map(({ id }) => id);

test.each([
  ['Prefill is limited by arithmetic, since each weight is reused for many tokens.', true],
  ['Decode is limited by arithmetic, since each weight is reused for many tokens.', false],
  [
    'Prefill reads the prompt, so it is compute-bound, since each weight is reused for many tokens.',
    true,
  ],
  [
    'Decode comes second, so it is compute-bound, since each weight is reused for many tokens.',
    false,
  ],
])('what is said of the other phase is not heard: %s', (answer, isHeard) => {
  expect(heard(answer).includes('prefill-bound')).toBe(isHeard);
});
