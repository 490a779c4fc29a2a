import { expect, test } from 'vitest';
import type { Grade, PointGrade, Verdict } from '../../../src/core/grading/types.ts';
import { itemReport } from '../../../src/core/interview/item-report.ts';
import type { Exchange } from '../../../src/core/interview/state.ts';
import { freeTextItem } from '../../support/items.ts';

/** A question with three points of 0.4, 0.3 and 0.3, the first of them required. */
const asked = freeTextItem('s1');
const question = {
  ...asked,
  keyPoints: asked.keyPoints.map((point) => ({ ...point, required: point.id === 'stored' })),
};

function exchange(seen: Record<string, Verdict>, more: Partial<Exchange> = {}): Exchange {
  const points = question.keyPoints.map(({ id, text }): PointGrade => {
    const verdict = seen[id] ?? 'missed';
    const credit = verdict === 'covered' ? 1 : verdict === 'partly' ? 0.5 : 0;
    return { id, text, verdict, credit, evidence: `words on ${id}`, unsure: false };
  });
  const grade: Grade = { score: 0.5, level: 2, levelWord: '', points, flags: [] };
  return { depth: 0, answer: 'An answer.', grade, ...more };
}

const report = (exchanges: Exchange[], marked: string[] = [], hints = 0) =>
  itemReport(
    { questionId: 's1', round: 'core', exchanges, marked, hints, isSkipped: false, ms: 0 },
    question,
  );

test('a required point that I marked counts, and takes its cap away too', () => {
  const others = [exchange({ 'fewer-heads': 'covered', linear: 'partly' })];

  expect(report(others).score).toBeCloseTo(0.3 + 0.15);
  const { score, points } = report(others, ['stored', 'linear']);

  expect(score).toBeCloseTo(1);
  expect(points.map(({ isMarked }) => isMarked)).toEqual([true, false, true]);
});

test('a mark on a point that was heard changes nothing, and hints cost the same of a marked one', () => {
  const heard = [exchange({ stored: 'covered' })];

  expect(report(heard, ['stored'])).toEqual(report(heard));
  // 0.4 and 0.3, less a tenth for one hint.
  expect(report(heard, ['linear'], 1).score).toBeCloseTo(0.63);
});

test('what comes on a follow-up counts in full, and is marked, also in part', () => {
  const { score, points } = report([
    exchange({ stored: 'covered' }),
    exchange({ 'fewer-heads': 'covered', linear: 'partly' }, { depth: 1 }),
  ]);

  expect(score).toBeCloseTo(0.4 + 0.3 + 0.15);
  expect(points.map(({ isLate }) => isLate)).toEqual([false, true, true]);
});

test('a follow-up that is answered gives no credit for a point that nobody said', () => {
  const { score, points } = report([
    exchange({ stored: 'covered' }),
    exchange({}, { depth: 1, ask: 'And why?', expect: 'Because of it.', point: 'linear' }),
  ]);

  expect(score).toBeCloseTo(0.4);
  expect(points.map(({ verdict }) => verdict)).toEqual(['covered', 'missed', 'missed']);
});
