import type { Lexicon } from '../../core/interview/grading/lexicon.ts';
import { figuresOf, harmOf, type Measured, mean } from '../../core/interview/grading/measure.ts';
import { observeAnswer } from '../../core/interview/grading/observe.ts';
import { prepareQuestion } from '../../core/interview/grading/prepare.ts';
import { gradeOf } from '../../core/interview/grading/score.ts';
import type {
  Background,
  Grade,
  GradedQuestion,
  PreparedQuestion,
} from '../../core/interview/grading/types.ts';
import type { SpokenQuestion } from '../../core/questions/schema.ts';
import { ATTACKS } from './attacks.ts';
import { teamsOwn } from './questions.ts';
import { type AnswerSet, type LabelledAnswer, nameOf } from './sets.ts';
import { matchers } from './words.ts';

type Tools = {
  lexicon: Lexicon;
  background: Background;
  /** Reads a question as if nothing had been said on it before. */
  asStranger: MatcherOf;
};
type MatcherOf = (question: GradedQuestion) => PreparedQuestion;
type Grader = (question: GradedQuestion, answer: string) => Grade;
type Row = Measured & { set: string; gold: string | undefined; grade: Grade };

const MEASURES = ['r', 'QWK', 'gamed over-scored', 'wrong graded as good', 'good under 0.5'];

/** The tables of docs/grading.md. */
export function gradingReport(
  answers: readonly LabelledAnswer[],
  sets: readonly AnswerSet[],
  bank: readonly SpokenQuestion[],
  tools: Tools,
): string {
  const questions = new Set(answers.map(({ question }) => question));
  const grade = graderOf(matchers(tools.lexicon, () => tools.background));
  const rows = rowsOf(answers, grade);
  // Every question is read by now: what is timed is what a candidate waits for.
  const perAnswer = cpuMs(answers, ({ question, answer }) => grade(question, answer));
  const perQuestion = cpuMs([...questions], (question) =>
    prepareQuestion(question, tools.lexicon, tools.background),
  );
  return [
    atFirstSight(sets, answers),
    agreement('set', rows),
    agreement(
      'the bank as if a team had written it',
      rowsOf(asTeamsOwns(answers, bank), graderOf(tools.asStranger)),
    ),
    recognition(rows),
    kinds(rows.filter(({ kind }) => kind !== 'exam')),
    attacks(bank, grade),
    `CPU time: ${perAnswer.toFixed(1)} ms an answer; ${perQuestion.toFixed(1)} ms to read a question, once.`,
    '',
  ].join('\n\n');
}

/** The answers of people to the bank's questions, each question with the wordings that a team would write. */
function asTeamsOwns(
  answers: readonly LabelledAnswer[],
  bank: readonly SpokenQuestion[],
): LabelledAnswer[] {
  const ownOf = teamsOwn(bank);
  return answers.flatMap((each) => {
    const question = each.set.startsWith('dev-') ? undefined : ownOf(each.question);
    return question ? [{ ...each, question }] : [];
  });
}

function rowsOf(answers: readonly LabelledAnswer[], grade: Grader): Row[] {
  return answers.map(({ set, kind, label, gold, question, answer }) => {
    const given = grade(question, answer);
    return { set, kind, label, gold, grade: given, score: given.score };
  });
}

function graderOf(matcherOf: MatcherOf): Grader {
  return (question, answer) => {
    const matcher = matcherOf(question);
    return gradeOf(matcher, observeAnswer(matcher, answer));
  };
}

function cpuMs<T>(all: readonly T[], work: (each: T) => void): number {
  const before = process.cpuUsage();
  for (const each of all) work(each);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / Math.max(1, all.length);
}

/** How each set fared when it met the grader first: nothing had been fitted on it then. */
function atFirstSight(sets: readonly AnswerSet[], answers: readonly LabelledAnswer[]): string {
  const lines = sets.flatMap(({ first, ...set }) => {
    const rows = answers.filter((each) => each.set === nameOf(set));
    if (!first || !rows[0]) return [];
    const { overscored, wrongAsGood, goodUnderHalf } = harmOf(
      rows.map((each) => ({ ...each, score: 0 })),
    );
    return row([
      set.set,
      rows[0].isOfBank ? 'the bank' : 'outside',
      first.r.toFixed(3),
      first.qwk.toFixed(3),
      `${first.overscored} of ${overscored.of}`,
      `${first.wrongAsGood} of ${wrongAsGood.of}`,
      `${first.goodUnderHalf} of ${goodUnderHalf.of}`,
    ]);
  });
  return [header(['set at first sight', 'asks', ...MEASURES]), ...lines].join('\n');
}

function agreement(title: string, rows: readonly Row[]): string {
  const line = (name: string, set: readonly Row[]) => {
    const { answers, correlation, kappa, rmse } = figuresOf(set);
    const { overscored, wrongAsGood, goodUnderHalf } = harmOf(set);
    const harm = [overscored, wrongAsGood, goodUnderHalf].map(
      ({ count, of }) => `${count} of ${of}`,
    );
    return row([name, answers, rmse.toFixed(3), correlation.toFixed(3), kappa.toFixed(3), ...harm]);
  };
  return [
    header([title, 'answers', 'RMSE', ...MEASURES]),
    ...[...groupsOf(rows, ({ set }) => set)].map(([name, set]) => line(name, set)),
    line(
      'all but the exam',
      rows.filter(({ kind }) => kind !== 'exam'),
    ),
  ].join('\n');
}

function recognition(rows: readonly Row[]): string {
  const points = rows.flatMap(({ gold, grade }) =>
    [...(gold ?? '')].map((letter, i) => ({ letter, verdict: grade.points[i]?.verdict })),
  );
  const line = (name: string, letter: string, verdict: string) => {
    const found = points.filter((point) => point.verdict === verdict);
    const there = points.filter((point) => point.letter === letter);
    const right = found.filter((point) => point.letter === letter).length;
    const share = (of: readonly unknown[]) =>
      of.length === 0 ? '' : (right / of.length).toFixed(2);
    return row([name, there.length, share(found), share(there)]);
  };
  return [
    header(['verdict on a key point', 'labelled so', 'precision', 'recall']),
    line('covered', 'c', 'covered'),
    line('contradicted', 'x', 'contradicted'),
  ].join('\n');
}

function kinds(rows: readonly Row[]): string {
  return [
    header(['kind of writer', 'answers', 'mean label', 'mean score']),
    ...[...groupsOf(rows, ({ kind }) => kind)].map(([kind, set]) =>
      row([
        kind,
        set.length,
        mean(set.map(({ label }) => label)).toFixed(2),
        mean(set.map(({ score }) => score)).toFixed(2),
      ]),
    ),
  ].join('\n');
}

function attacks(bank: readonly SpokenQuestion[], grade: Grader): string {
  const line = (name: string, scores: readonly number[]) =>
    row([
      name,
      scores.length,
      mean(scores).toFixed(2),
      scores.filter((score) => score > 0.3).length,
      scores.filter((score) => score >= 0.5).length,
    ]);
  const graded = (answerOf: (question: SpokenQuestion, i: number) => string) =>
    bank.map((question, i) => grade(question, answerOf(question, i)).score);
  const neighbor = ({ chapter, id }: SpokenQuestion) =>
    bank.find((other) => other.chapter === chapter && other.id !== id)?.modelAnswer ?? '';
  return [
    header([
      "attack on the bank's questions",
      'questions',
      'mean score',
      'over 0.3',
      '0.5 and more',
    ]),
    line(
      'none: the model answer',
      graded(({ modelAnswer }) => modelAnswer),
    ),
    line('model answer of another question of the chapter', graded(neighbor)),
    ...Object.entries(ATTACKS).map(([name, attack]) => line(name, graded(attack))),
  ].join('\n');
}

function groupsOf(rows: readonly Row[], by: (row: Row) => string): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const each of rows) groups.set(by(each), [...(groups.get(by(each)) ?? []), each]);
  return groups;
}

function header(cells: readonly string[]): string {
  return `${row(cells)}\n${row(cells.map(() => '---'))}`;
}

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.join(' | ')} |`;
}
