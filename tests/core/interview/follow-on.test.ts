import { expect, test } from 'vitest';
import { nearnessIn } from '../../../src/core/interview/follow-on.ts';
import { type PlanRequirements, planInterview } from '../../../src/core/interview/plan.ts';
import type { FreeTextQuestion } from '../../../src/core/questions/schema.ts';
import { twinsIn } from '../../../src/core/questions/twins.ts';
import { freeTextItem } from '../../support/items.ts';

const point = (text: string, weight = 1) => ({
  id: 'p',
  text,
  weight,
  phrasings: [text, `${text} too`, `and ${text}`],
});
const CACHE = [point('Grouped heads shrink the cache.')];
const item = (
  id: string,
  change: Partial<Pick<FreeTextQuestion, 'keyPoints' | 'topics' | 'enemyOf' | 'chapter'>>,
): FreeTextQuestion => ({
  ...freeTextItem(id),
  keyPoints: CACHE,
  topics: ['c5.01'],
  ...change,
});

const missed = item('missed', {});
const twin = item('twin', { enemyOf: ['missed'], keyPoints: [point('Batches share weights.')] });
const near = item('near', { keyPoints: [point('A cache with grouped heads.')] });
const far = item('far', { keyPoints: [point('Queues grow with load.')], topics: ['c5.09'] });
const elsewhere = item('elsewhere', { chapter: 6, topics: ['c6.01'] });
const BANK = [missed, twin, near, far, elsewhere];
const MISSED = { question: missed, points: ['p'] };

test('a twin asks the same again, then what shares the words of the missed points in its chapter', () => {
  const nearness = nearnessIn(BANK, twinsIn(BANK));

  expect(nearness(MISSED, twin)).toBe(1);
  expect(nearness(MISSED, near)).toBeGreaterThan(0.5);
  for (const other of [missed, far, elsewhere]) expect(nearness(MISSED, other)).toBe(0);
});

const others = Array.from({ length: 8 }, (_, at) =>
  item(`other-${at}`, { keyPoints: [point(`Subject number${at}.`)], topics: [`c5.1${at}`] }),
);
const wishes = (change: Partial<PlanRequirements>): PlanRequirements => ({
  bank: [...BANK, ...others],
  areTwins: twinsIn(BANK),
  minutes: 15,
  chapters: [],
  recent: ['missed'],
  tooSoon: ['missed'],
  missed: [MISSED],
  strength: 1000,
  itemStrength: () => 1000,
  seed: 'a',
  ...change,
});

test.each(['a', 'b', 'c', 'd', 'e'])(
  'the next interview asks once for what was missed, by another question (%s)',
  (seed) => {
    const planned = planInterview(wishes({ seed }));

    expect(planned).toHaveLength(3);
    expect(planned.map(({ questionId }) => questionId)).toContain('twin');
    expect(planned.filter(({ follows }) => follows === 'missed')).toHaveLength(1);
    expect(planned.map(({ questionId }) => questionId)).not.toContain('missed');
  },
);

test('what was missed takes half of the questions at the most', () => {
  const many = others.map((question) => ({ question, points: ['p'] }));
  const bank = others.flatMap((question) => [
    question,
    item(`${question.id}-again`, { enemyOf: [question.id] }),
  ]);
  const tooSoon = others.map(({ id }) => id);

  const planned = planInterview(
    wishes({
      bank: [...bank, ...BANK],
      areTwins: twinsIn(bank),
      missed: many,
      tooSoon,
      recent: tooSoon,
    }),
  );

  expect(planned.filter(({ follows }) => follows !== undefined)).toHaveLength(2);
  expect(planned.filter(({ questionId }) => tooSoon.includes(questionId))).toEqual([]);
});

test('a question of the last days comes again only where nothing else is left', () => {
  const plan = (bank: PlanRequirements['bank']) =>
    planInterview(wishes({ bank, missed: [], recent: ['near', 'missed'] })).map(
      ({ questionId }) => questionId,
    );

  expect(plan([missed, near, far, elsewhere])).not.toContain('missed');
  expect(plan([missed])).toEqual(['missed']);
});
