import { expect, test } from 'vitest';
import { gapWords } from '../../../src/bot/interviews/score-words.ts';
import type { Grade, Verdict } from '../../../src/core/interview/grading/types.ts';
import { itemReport } from '../../../src/core/interview/item-report.ts';
import type { Exchange } from '../../../src/core/interview/state.ts';
import { gradeInTests } from '../../support/grading.ts';
import { spokenItem } from '../../support/items.ts';

const FLAG = 'The cache stores attention scores.';

/** A question with points of these weights; its 1 incorrect claim costs 0.2. */
const questionOf = (weights: readonly number[]) =>
  spokenItem('s1', {
    keyPoints: weights.map((weight, i) => ({
      id: `p${i}`,
      text: `The key point with the number ${i} of this question.`,
      weight,
      phrasings: ['one wording of it', 'another wording of it', 'and a third wording'],
    })),
  });

const verdictOf = (credit: number): Verdict =>
  credit >= 0.67 ? 'covered' : credit >= 0.33 ? 'partly' : 'missed';

/** A grade as the grader gives it for these credits: the caller works out the score. */
function gradeOf(credits: readonly number[], score: number, change: Partial<Grade> = {}): Grade {
  const points = credits.map((credit, i) => ({
    id: `p${i}`,
    text: '',
    verdict: verdictOf(credit),
    credit,
    evidence: '',
    unsure: false,
  }));
  return { score, level: 0, levelWord: '', points, redFlags: [], flags: [], ...change };
}

const said = (grade: Grade, change: Partial<Exchange> = {}): Exchange => ({
  depth: 0,
  answer: 'Words.',
  grade,
  by: 'offline',
  ticked: [],
  contested: [],
  ...change,
});

function gapOf(weights: readonly number[], exchanges: Exchange[], hints = 0) {
  const item = { questionId: 's1', round: 'core' as const, exchanges, hints, isSkipped: false };
  return itemReport({ ...item, ms: 0 }, questionOf(weights)).gap;
}

const EVEN = [0.2, 0.2, 0.2, 0.2, 0.2];
const claimed = { redFlags: [{ text: FLAG, evidence: '' }] };

// The curve of docs/grading.md, by hand: below 0.5 about 0.25, from there up to 0.75 on a line from 0.5 to 0.62.
test.each<[string, readonly number[], Exchange[], string | undefined]>([
  ['nothing to explain', EVEN, [said(gradeOf([1, 1, 1, 1, 0], 0.8))], undefined],
  // Three of four are solid; 0.6 by weight is 0.548, partly there.
  [
    'weights',
    [0.2, 0.2, 0.2, 0.4],
    [said(gradeOf([1, 1, 1, 0], 0.548))],
    'The points not found carry more weight than the ones found.',
  ],
  // One of four is a start, but a heavy one.
  [
    'weights that raise',
    [0.55, 0.15, 0.15, 0.15],
    [said(gradeOf([1, 0, 0, 0], 0.524))],
    'The points found carry more weight than the rest.',
  ],
  // Four of five at 0.7 are 0.56, which the curve makes 0.529.
  [
    'doubt',
    EVEN,
    [said(gradeOf([0.7, 0.7, 0.7, 0.7, 0], 0.529))],
    'Some matches were uncertain, so they earned less credit.',
  ],
  // None of four shows, and yet 0.2 was earned.
  [
    'doubt that raises',
    [0.25, 0.25, 0.25, 0.25],
    [said(gradeOf([0.3, 0.3, 0.2, 0], 0.2))],
    'Some points came closer than their marks show, so they earned partial credit.',
  ],
  // Two of five are partly there by their marks, 0.4; below a half the curve leaves 0.246.
  [
    'less than half',
    EVEN,
    [said(gradeOf([1, 1, 0, 0, 0], 0.246))],
    "Your first answer covered less than half of what was asked, so it can't rate above Getting started.",
  ],
  // 0.8 less 0.2 is 0.6, which the curve makes 0.548.
  [
    'a wrong claim',
    EVEN,
    [said(gradeOf([1, 1, 1, 1, 0], 0.548, claimed))],
    'An incorrect claim lowered your score.',
  ],
  // All five are marked, and half of the later 0.8 makes 0.2 + 0.4.
  [
    'a follow-up',
    EVEN,
    [said(gradeOf([1, 0, 0, 0, 0], 0.2)), said(gradeOf([0, 1, 1, 1, 1], 0.8), { depth: 1 })],
    'Points you added in a follow-up count half.',
  ],
  [
    'a list of terms before a follow-up',
    EVEN,
    [
      said(gradeOf([0.1, 0.1, 0.1, 0.1, 0], 0.08, { flags: ['keywords'] })),
      said(gradeOf([1, 1, 1, 1, 0], 0.8), { depth: 1 }),
    ],
    'Your first answer was a list of terms, and points you added in a follow-up count half.',
  ],
  [
    'points by my own word',
    EVEN,
    [said(gradeOf([1, 0, 0, 0, 0], 0.2), { ticked: ['p1', 'p2', 'p3'] })],
    "Points you marked yourself don't change your score.",
  ],
  // The judge takes 0.3 of the weight of a contradicted point: 0.6 less 0.12.
  [
    'the judge on an opposite',
    [0.3, 0.3, 0.4],
    [
      said(
        {
          ...gradeOf([1, 1, 0], 0.48),
          points: gradeOf([1, 1, 0], 0).points.map((point, i) =>
            i === 2 ? { ...point, verdict: 'contradicted' as const } : point,
          ),
        },
        { by: 'judge' },
      ),
    ],
    'Points that sounded like the opposite also lowered your score.',
  ],
  // What the judge kept of an offline grade nobody can tell apart.
  [
    'the judge, unexplained',
    EVEN,
    [said(gradeOf([1, 1, 1, 1, 1], 0.5, { flags: ['injection'] }), { by: 'judge' })],
    undefined,
  ],
])('marks and score differ by %s', (_, weights, exchanges, sentence) => {
  const gap = gapOf(weights, exchanges);

  expect(gap && gapWords(gap)).toBe(sentence);
});

test('what hints took is said beside the level and is no other reason', () => {
  expect(gapOf(EVEN, [said(gradeOf([1, 1, 1, 1, 1], 1))], 3)).toBeUndefined();
});

test('an answer without a required point says so, as the grader grades it', () => {
  const [stored, heads, linear] = spokenItem('s1').keyPoints;
  const question = spokenItem('s1', {
    keyPoints: [
      { ...stored, weight: 0.45 },
      { ...heads, weight: 0.1, required: true },
      { ...linear, weight: 0.45 },
    ],
  });
  const grade = gradeInTests(
    question,
    'Keys and values of past tokens are stored, not computed again. It grows linearly with the context length.',
  );
  const { gap, score } = itemReport(
    {
      questionId: 's1',
      round: 'core',
      exchanges: [said(grade)],
      hints: 0,
      isSkipped: false,
      ms: 0,
    },
    question,
  );

  // Nine tenths were said; the bound of 0.6 is 0.5 + 0.12 · 0.1 / 0.25 on the curve.
  expect(score).toBeCloseTo(0.548);
  expect(gap && gapWords(gap)).toBe(
    "Your first answer missed a required point, so it can't rate above Partly there.",
  );
});
