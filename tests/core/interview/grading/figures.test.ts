import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import {
  figuresOf,
  harmOf,
  type Measured,
} from '../../../../src/core/interview/grading/measure.ts';
import type {
  GradedQuestion,
  KeyPoint,
  RedFlag,
} from '../../../../src/core/interview/grading/types.ts';
import { ATTACKS } from '../../../../src/tools/grading/attacks.ts';
import { grade } from './tools.ts';

type Entry = {
  question: string;
  modelAnswer: string;
  keyPoints: KeyPoint[];
  redFlags: RedFlag[];
  answers: { kind: string; label: number; gold: string; text: string }[];
};

const read = (name: string) =>
  readFileSync(new URL(`../../../../data/grading/${name}`, import.meta.url), 'utf8');
const questionOf = (entry: Entry): GradedQuestion => ({ prompt: entry.question, ...entry });

const entries = ['dev/a.yaml', 'dev/b.yaml'].flatMap((name) => parse(read(name)) as Entry[]);
const rows: Measured[] = entries.flatMap((entry) => {
  const question = questionOf(entry);
  return entry.answers.map(({ kind, label, text }) => ({
    kind,
    label: label / 4,
    score: grade(text, question).score,
  }));
});

test('a model answer is excellent', () => {
  for (const entry of entries) {
    expect(grade(entry.modelAnswer, questionOf(entry)).score).toBeGreaterThanOrEqual(0.9);
  }
});

test('next to no attack made from a model answer earns more than a start', () => {
  const levels = entries.flatMap((entry) =>
    Object.values(ATTACKS).map(
      (attack) => grade(attack({ prompt: entry.question, ...entry }), questionOf(entry)).level,
    ),
  );

  // 17 questions, nine attacks each; a shuffle with hardly any grammar in it can slip through.
  expect(levels).toHaveLength(153);
  expect(levels.filter((level) => level > 1).length).toBeLessThanOrEqual(2);
});

test('every development answer has one letter for each key point', () => {
  for (const { keyPoints, answers } of entries) {
    for (const { gold } of answers)
      expect(gold).toMatch(new RegExp(`^[cpmx]{${keyPoints.length}}$`));
  }
});

test('grades agree with labels on the development answers', () => {
  const { correlation, kappa } = figuresOf(rows);

  expect(correlation).toBeGreaterThan(0.74);
  expect(kappa).toBeGreaterThan(0.66);
});

test('few gamed answers are over-scored, wrong ones are not good, good ones are seldom under half', () => {
  const { overscored, wrongAsGood, goodUnderHalf } = harmOf(rows);

  expect(overscored.count / overscored.of).toBeLessThan(0.1);
  expect(wrongAsGood.count / wrongAsGood.of).toBeLessThan(0.05);
  expect(goodUnderHalf.count / goodUnderHalf.of).toBeLessThan(0.25);
});

test('grades agree with the marks of an exam, for which nothing here was made', {
  timeout: 60_000,
}, () => {
  const [, ...lines] = read('digiklausur.jsonl')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  const questions = new Map<unknown, GradedQuestion>();
  const marks: Measured[] = [];
  for (const line of lines) {
    if ('keyPoints' in line) {
      questions.set(line['id'], {
        prompt: String(line['question']),
        ...(line as unknown as Omit<GradedQuestion, 'prompt'>),
      });
      continue;
    }
    const question = questions.get(line['of']);
    if (question)
      marks.push({
        kind: 'exam',
        label: Number(line['score']) / 2,
        score: grade(String(line['answer']), question).score,
      });
  }

  expect(marks).toHaveLength(663);
  expect(figuresOf(marks).correlation).toBeGreaterThan(0.55);
});
