import type { Grade } from '../../src/core/grading/types.ts';
import type { SpokenQuestion } from '../../src/core/questions/schema.ts';
import { randomFrom } from '../../src/core/random.ts';
import type { Judge } from '../../src/examiner/judge.ts';
import { correlation, figuresOf, type Measured, mean } from './measure.ts';
import type { LabelledAnswer } from './sets.ts';

/** Samples of the bootstrap, and the share of them that an interval holds. */
const SAMPLES = 500;
const HELD = 0.95;

export type JudgeTools = {
  bank: readonly SpokenQuestion[];
  judge: Judge;
  embedded: (answer: LabelledAnswer) => Grade;
};

/**
 * Compares a judge with the embedded grader and with a constant on the same answers, with bootstrap intervals (Efron 1979), so
 * that an operator sees whether the judge is the better one.
 *
 * @param bank Answers to other questions are left out.
 */
export async function judgeReport(
  answers: readonly LabelledAnswer[],
  { bank, judge, embedded }: JudgeTools,
): Promise<string> {
  const rows: { judge: Measured; embedded: Measured; isJudged: boolean }[] = [];
  for (const [i, answer] of answers.entries()) {
    const { label, kind } = answer;
    const question = bank.find(({ id }) => id === answer.question.id);
    if (!question) continue;
    const grade = embedded(answer);
    // Its limits are for people: here nobody asks twice.
    const who = { person: String(i), team: String(i) };
    const judged = await judge({ question, answer: answer.answer, grade, ...who });
    rows.push({
      judge: { kind, label, score: judged.grade.score },
      embedded: { kind, label, score: grade.score },
      isJudged: judged.by === 'judge',
    });
  }
  const label = mean(rows.map((each) => each.judge.label));
  const lines = [
    line(
      'judge',
      rows.map((each) => each.judge),
    ),
    line(
      'embedded',
      rows.map((each) => each.embedded),
    ),
    line(
      'constant',
      rows.map(({ judge: { kind, label: own } }) => ({ kind, label: own, score: label })),
    ),
  ];
  const by = rows.filter(({ isJudged }) => isJudged).length;
  return [
    '| grader | answers | r | QWK | RMSE |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `${by} of ${rows.length} answers were graded by the judge; the others count with the embedded grade.`,
  ].join('\n');
}

function line(name: string, rows: readonly Measured[]): string {
  const { answers, correlation: r, kappa, rmse } = figuresOf(rows);
  const random = randomFrom(name);
  const samples = Array.from({ length: SAMPLES }, () => {
    const drawn = rows.flatMap(() => rows[Math.floor(random() * rows.length)] ?? []);
    return {
      r: correlation(drawn),
      rmse: Math.sqrt(mean(drawn.map((each) => (each.score - each.label) ** 2))),
    };
  });
  const cells = [
    name,
    String(answers),
    `${r.toFixed(2)} (${held(samples.map((each) => each.r))})`,
    kappa.toFixed(2),
    `${rmse.toFixed(2)} (${held(samples.map((each) => each.rmse))})`,
  ];
  return `| ${cells.join(' | ')} |`;
}

/** The interval that holds the middle share of some values. */
function held(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  return `${at((1 - HELD) / 2).toFixed(2)} to ${at((1 + HELD) / 2).toFixed(2)}`;
}
