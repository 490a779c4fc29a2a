import { expect, test } from 'vitest';
import type { Grade, PointGrade, Verdict } from '../../../src/core/grading/types.ts';
import { itemReport } from '../../../src/core/interview/item-report.ts';
import type { Exchange, Item } from '../../../src/core/interview/state.ts';
import { spokenItem } from '../../support/items.ts';

const CLAIM = 'The cache stores attention scores.';

/** A question with three points of 0.4, 0.3 and 0.3, the first of them required, and one wrong claim of 0.2. */
const asked = spokenItem('s1');
const question = {
  ...asked,
  keyPoints: asked.keyPoints.map((point) => ({ ...point, required: point.id === 'stored' })),
};

function exchange(seen: Record<string, Verdict>, more: Partial<Exchange & Grade> = {}): Exchange {
  const points = question.keyPoints.map(({ id, text }): PointGrade => {
    const verdict = seen[id] ?? 'missed';
    const credit = verdict === 'covered' ? 1 : verdict === 'partly' ? 0.5 : 0;
    return { id, text, verdict, credit, evidence: `words on ${id}`, unsure: false };
  });
  const found = question.keyPoints.reduce(
    (sum, { id, weight }) => sum + weight * (points.find((each) => each.id === id)?.credit ?? 0),
    0,
  );
  const grade: Grade = {
    score: found,
    found,
    level: 2,
    levelWord: '',
    points,
    redFlags: [],
    flags: [],
    deducted: 0,
  };
  const { redFlags = [], deducted = 0, doubts, ...rest } = more;
  return {
    depth: 0,
    answer: 'An answer.',
    ticked: [],
    contested: [],
    grade: { ...grade, redFlags, deducted, ...(doubts ? { doubts } : {}) },
    ...rest,
  };
}

const report = (...exchanges: Exchange[]) => {
  const item: Item = {
    questionId: 's1',
    round: 'core',
    exchanges,
    hints: 0,
    isSkipped: false,
    ms: 0,
  };
  return itemReport(item, question);
};

test('a required point by my own word takes its cap away too', () => {
  const others = { 'fewer-heads': 'covered', linear: 'covered' } as const;

  const { score, selfAssessed } = report(exchange(others, { ticked: ['stored'] }));

  expect(score).toBeCloseTo(0.6);
  expect(selfAssessed).toBeCloseTo(1);
});

test('a claim that was never made by my own word takes nothing off', () => {
  const all = { stored: 'covered', 'fewer-heads': 'covered', linear: 'covered' } as const;
  const redFlags = [{ text: CLAIM, evidence: CLAIM }];

  const { score, selfAssessed, claims } = report(
    exchange(all, { redFlags, deducted: 0.2, unticked: ['flag-1'] }),
  );

  expect(score).toBeCloseTo(0.8);
  expect(selfAssessed).toBeCloseTo(1);
  expect(claims).toMatchObject([{ evidence: CLAIM, isDenied: true }]);
});

test('what comes on a follow-up counts in full, and is marked, also in part', () => {
  const { score, points } = report(
    exchange({ stored: 'covered' }),
    exchange({ 'fewer-heads': 'covered', linear: 'partly' }, { depth: 1 }),
  );

  expect(score).toBeCloseTo(0.4 + 0.3 + 0.15);
  expect(points.map(({ isLate }) => isLate)).toEqual([false, true, true]);
});

test('the opposite, said on a follow-up of what was right before, has no credit', () => {
  const { score, points } = report(
    exchange({ stored: 'covered', linear: 'covered' }),
    exchange({ linear: 'contradicted' }, { depth: 1 }),
  );

  expect(points.map(({ verdict }) => verdict)).toEqual(['covered', 'missed', 'contradicted']);
  expect(score).toBeCloseTo(0.4);
});

test('a follow-up that is answered gives no credit for a point that nobody said', () => {
  const { score, points } = report(
    exchange({ stored: 'covered' }),
    exchange({}, { depth: 1, ask: 'And why?', expect: 'Because of it.', point: 'linear' }),
  );

  expect(score).toBeCloseTo(0.4);
  expect(points.map(({ verdict }) => verdict)).toEqual(['covered', 'missed', 'missed']);
});

test('a sentence in doubt stands beside the sentence of the model answer that speaks of the same, once', () => {
  const evidence = 'It stores the attention scores';
  const doubts = [{ text: CLAIM, evidence }];
  const answer = `It grows. ${evidence}, or so they say. More.`;
  const modelAnswer =
    'Decoding reads one token at a time. The cache holds keys and values, not scores. It grows.';
  const item = { ...question, modelAnswer };
  const exchanges = [0, 1].map((depth) => exchange({}, { doubts, depth, answer }));

  const found = itemReport(
    { questionId: 's1', round: 'core', exchanges, hints: 0, isSkipped: false, ms: 0 },
    item,
  );

  expect(found.doubts).toEqual([
    {
      evidence: `${evidence}, or so they say.`,
      model: 'The cache holds keys and values, not scores.',
    },
  ]);
});
