import { findEvidence } from '../../src/core/grading/evidence.ts';
import { FEATURE_NAMES as NAMES } from '../../src/core/grading/feature-names.ts';
import { FEATURES } from '../../src/core/grading/features.ts';
import { passGates } from '../../src/core/grading/gates.ts';
import type { GradingWords } from '../../src/core/grading/grade.ts';
import { prepareQuestion } from '../../src/core/grading/question.ts';
import type { Weights } from '../../src/core/grading/score.ts';
import type { GradedQuestion } from '../../src/core/grading/types.ts';
import { type Example, fitLogistic } from './logistic.ts';
import { isGamed } from './measure.ts';
import { freeTextBank, type LabelledAnswer } from './sets.ts';

/** Which run of clauses states a point is settled anew with each fit. */
const ROUNDS = 4;
/** How much answers that try to get a grade without an answer count, and key points that are, or are denied in, the whole answer. */
const COUNTS = { gamed: 1.5, alone: 2, denied: 0.2 };
const TARGETS: Readonly<Record<string, number>> = { c: 1, p: 0.5, m: 0, x: 0 };
/** Answers without a mark for each point tell something when all of it is right, or nothing. */
const ALL = 0.95;
const NONE = 0.05;

/** A point in an answer: the features of each run of clauses that may state it. */
type Row = { candidates: number[][]; target: number; weight: number };

/** Fits the weights on labelled answers, and on each key point of the bank as the whole answer. */
export function fitWeights(answers: readonly LabelledAnswer[], words: GradingWords): Weights {
  const alone = freeTextBank().flatMap((question) =>
    question.keyPoints.map(({ id, text }) => ({
      question,
      answer: text,
      marks: question.keyPoints.map((point) => (point.id === id ? 1 : 0)),
      weight: COUNTS.alone,
    })),
  );
  const denied = alone.map((each) => ({
    ...each,
    answer: `It is not true that ${each.answer.charAt(0).toLowerCase()}${each.answer.slice(1)}`,
    marks: each.marks.map(() => 0),
    weight: COUNTS.denied,
  }));
  const labelled = answers.flatMap((each) => {
    const marks = marksOf(each);
    const weight = isGamed(each.kind) || each.kind.includes('wrong') ? COUNTS.gamed : 1;
    return marks ? [{ ...each, marks, weight }] : [];
  });
  const rows = rowsOf([...labelled, ...alone, ...denied], words);
  let beta = [words.weights.start, ...NAMES.map((name) => words.weights.features[name])];
  for (let round = 0; round < ROUNDS; round += 1)
    beta = fitLogistic(
      rows.map((row): Example => ({ ...row, features: best(row.candidates, beta) })),
    );
  const [start = 0, ...slopes] = beta;
  return {
    ...words.weights,
    start: rounded(start),
    features: Object.fromEntries(
      NAMES.map((name, i) => [name, rounded(slopes[i] ?? 0)]),
    ) as Weights['features'], // Of all names.
  };
}

function marksOf({ gold, label, question }: LabelledAnswer): number[] | undefined {
  if (gold !== undefined) return [...gold].map((letter) => TARGETS[letter] ?? 0);
  if (label >= ALL) return question.keyPoints.map(() => 1);
  return label <= NONE ? question.keyPoints.map(() => 0) : undefined;
}

type Marked = {
  question: GradedQuestion;
  answer: string;
  marks: readonly number[];
  weight: number;
};

function rowsOf(marked: readonly Marked[], words: GradingWords): Row[] {
  const ready = new Map<GradedQuestion, ReturnType<typeof prepareQuestion>>();
  return marked.flatMap(({ question, answer, marks, weight }) => {
    const prepared = ready.get(question) ?? prepareQuestion(question, words);
    ready.set(question, prepared);
    const { passage, gates } = passGates(answer, prepared);
    if (gates.some(({ keeps }) => keeps < 1)) return [];
    return findEvidence(prepared, passage).flatMap((candidates, k) => {
      const features = candidates.map(({ evidence }) =>
        NAMES.map((name) => FEATURES[name](evidence)),
      );
      return features.length > 0 ? [{ candidates: features, target: marks[k] ?? 0, weight }] : [];
    });
  });
}

function best(
  candidates: readonly number[][],
  [start = 0, ...slopes]: readonly number[],
): number[] {
  const sum = (features: readonly number[]) =>
    features.reduce((all, value, i) => all + value * (slopes[i] ?? 0), start);
  const [first = [], ...others] = candidates;
  return others.reduce((most, each) => (sum(each) > sum(most) ? each : most), first);
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
