import { expect, test } from 'vitest';
import { readCatalog } from '../../../src/catalog.ts';
import type { Grade, PointGrade } from '../../../src/core/grading/types.ts';
import { probeFor } from '../../../src/core/interview/probe.ts';
import type { Item } from '../../../src/core/interview/state.ts';
import type { FreeTextQuestion } from '../../../src/core/questions/schema.ts';
import { gradeInTests } from '../../support/grading.ts';
import { freeTextItem } from '../../support/items.ts';

const { freeText } = readCatalog().catalog;

/** The item of an interview in which a question had one answer so far. */
function answeredItem(questionId: string, answer: string): Item {
  return {
    questionId,
    round: 'core',
    exchanges: [{ depth: 0, answer }],
    marked: [],
    hints: 0,
    isSkipped: false,
    ms: 0,
  };
}

/** A grade in which nothing was recognized, but for what is said of some points. */
function gradeOf(question: FreeTextQuestion, seen: Record<string, Partial<PointGrade>>): Grade {
  const points = question.keyPoints.map(({ id, text }) => ({
    id,
    text,
    verdict: 'missed' as const,
    credit: 0,
    evidence: '',
    unsure: false,
    ...seen[id],
  }));
  return { score: 0.3, level: 1, levelWord: 'a start', points, flags: [] };
}

// "stored" weighs most, so it would come first.
test.each<[string, string, Record<string, Partial<PointGrade>>]>([
  ['is partly there', 'Something is kept.', { stored: { verdict: 'partly', credit: 0.4 } }],
  ['the grader asks back about', 'Something is kept.', { stored: { unsure: true } }],
  ['has left its words', 'Past values are not recomputed.', {}],
])('a follow-up goes for what was left out rather than for a point that %s', (_, answer, seen) => {
  const question = freeTextItem('s1', {
    hints: ['What of the past is stored?', 'Compare query heads with key heads.', 'Count.'],
  });

  const probe = probeFor(
    question,
    { items: [answeredItem('s1', answer)] },
    gradeOf(question, seen),
  );

  expect(probe?.point).toBe('fewer-heads');
});

test('a nudge is known by its hint, whatever its words: it is not given twice, and the next begins otherwise', () => {
  const asked = freeTextItem('s1', {
    hints: ['What of the past is stored?', 'Compare query heads with key heads.', 'Count.'],
  });
  const question = { ...asked, followUps: [] };
  const item = answeredItem('s1', 'No idea.');
  const grade = { ...gradeOf(question, {}), score: 0.1 };
  const [first] = item.exchanges;
  const one = probeFor(question, { items: [item] }, grade);
  const again = {
    ...one,
    ask: 'In other words',
    depth: 1,
    answer: 'Still none.',
  };

  const exchanges = first ? [first, again] : [];
  const two = probeFor(question, { items: [{ ...item, exchanges }] }, grade);

  expect([one?.hint, two?.hint].sort()).toEqual([1, 2]);
  expect(two?.ask.slice(0, 12)).not.toBe(one?.ask.slice(0, 12));
});

test('what was touched on is asked for when nothing else is left', () => {
  const question = freeTextItem('s1', {
    hints: ['What of the past is stored?', 'Compare query heads with key heads.', 'Count.'],
  });
  const covered = { verdict: 'covered' as const, credit: 1 };
  const item = answeredItem('s1', 'Something is kept.');

  const probe = probeFor(
    { ...question, followUps: [] },
    { items: [item] },
    gradeOf(question, { stored: { unsure: true }, 'fewer-heads': covered, linear: covered }),
  );

  expect(probe?.ask).toContain('What of the past is stored?');
});

test.each([
  [
    'c3-bug-gqa-head-map',
    '% gives 0,1,0,1.. (interleaved), need m = np.arange(hq) // (hq//hkv)',
    'Print the index array',
  ],
  [
    'c7-grpo-against-ppo',
    'GRPO has no critic, it uses the mean of a group of sampled answers as the baseline.',
    'The G in the name',
  ],
])('%s: nobody is asked for what was just said', (id, answer, ask) => {
  const question = freeText.find((each) => each.id === id);
  if (!question) throw new Error(`No ${id}`);
  const grade = gradeInTests(question, answer);
  const item = answeredItem(id, answer);
  const more = 'I have said all that I would say here.';
  const first = probeFor(question, { items: [item] }, grade);
  if (!first) throw new Error('No follow-up');
  const exchanges = [
    ...item.exchanges.map((exchange) => ({ ...exchange, grade })),
    { ...first, answer: more },
  ];

  const second = probeFor(
    question,
    { items: [{ ...item, exchanges }] },
    gradeInTests(question, more),
  );

  expect(`${first.ask}\n${second?.ask}`).not.toContain(ask);
});

/** The parts of the question are asked for in its words. */
const parts = freeTextItem('s1', {
  prompt: 'Explain the cache of serving: what is stored, and how its size grows with length.',
  hints: ['Think of bytes.', 'Think of users.', 'Count.'],
  followUps: [
    { ask: 'Does grouped attention with fewer key heads help?', expect: 'Yes, smaller cache.' },
    { ask: 'Who pays?', expect: 'Nobody.' },
  ],
});

test('the largest gap comes first, though a follow-up of the bank leads to a smaller one', () => {
  const [stored, ...others] = parts.keyPoints;
  if (!stored) throw new Error('No point');
  const question = { ...parts, keyPoints: [{ ...stored, weight: 0.2 }, ...others] };
  const linear = {
    ...question,
    keyPoints: question.keyPoints.map((point) => ({
      ...point,
      weight: point.id === 'linear' ? 0.6 : 0.2,
    })),
  };

  const probe = probeFor(
    linear,
    { items: [answeredItem('s1', 'Well.')] },
    { ...gradeOf(linear, {}), score: 0.4 },
  );

  expect(probe?.point).toBe('linear');
  expect(probe?.ask).toContain('how its size grows with length');
});

test('a required point comes before a weightier one', () => {
  const question = {
    ...parts,
    keyPoints: parts.keyPoints.map((point) => ({ ...point, required: point.id === 'linear' })),
  };

  const probe = probeFor(
    question,
    { items: [answeredItem('s1', 'Well.')] },
    { ...gradeOf(question, {}), score: 0.4 },
  );

  expect(probe?.point).toBe('linear');
});

test('nobody is told that something is missing where nothing leads to it', () => {
  const covered = { verdict: 'covered' as const, credit: 1 };
  const question = freeTextItem('s1', {
    prompt: 'Explain the cache.',
    hints: ['One.', 'Two.', 'Three.'],
  });

  const probe = probeFor(
    question,
    { items: [answeredItem('s1', 'Well.')] },
    { ...gradeOf(question, { stored: covered, linear: covered }), score: 0.7 },
  );

  expect(probe).toEqual({ ...question.followUps[0], depth: 1 });
});
