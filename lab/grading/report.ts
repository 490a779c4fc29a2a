import { mean } from '../../src/core/grading/agreement.ts';
import { type GradingWords, gradeAnswer } from '../../src/core/grading/grade.ts';
import { COVERED } from '../../src/core/grading/levels.ts';
import { type PreparedQuestion, prepareQuestion } from '../../src/core/grading/question.ts';
import type { Grade, GradedQuestion } from '../../src/core/grading/types.ts';
import type { FreeTextQuestion } from '../../src/core/questions/schema.ts';
import { type FairCase, halves, refuted, telegrams } from './fairness.ts';
import { figuresOf, harmOf } from './measure.ts';
import type { LabelledAnswer } from './sets.ts';
import { spoken } from './speech.ts';

type Row = LabelledAnswer & { score: number; grade: Grade };
type Grader = (question: GradedQuestion, answer: string) => Grade;

/** Kinds of short and half-right answers. */
const PARTIAL = new Set(['partial', 'one', 'two', 'own', 'half']);
const GOOD = 0.74;
/** The table of docs/grading.md: one line a set, and what holds over all of them. */
export function gradingReport(
  answers: readonly LabelledAnswer[],
  bank: readonly FreeTextQuestion[],
  words: GradingWords,
): string {
  const ready = new Map<GradedQuestion, PreparedQuestion>();
  const readyOf = (question: GradedQuestion) => {
    const prepared = ready.get(question) ?? prepareQuestion(question, words);
    ready.set(question, prepared);
    return prepared;
  };
  const grade: Grader = (question, answer) => gradeAnswer(readyOf(question), answer, words.weights);
  const rows = answers.map((each): Row => {
    const given = grade(each.question, each.answer);
    return { ...each, grade: given, score: given.score };
  });
  const sets = [...new Set(rows.map(({ set }) => set))];
  return [
    header([
      'set',
      'answers',
      'r',
      'QWK',
      'partial: label, score',
      'good under half',
      'wrong as good',
      'empty talk over a quarter',
      'points: precision, recall',
    ]),
    ...[...sets, 'all'].map((set) =>
      line(
        set,
        rows.filter((each) => set === 'all' || each.set === set),
      ),
    ),
    '',
    header(['measure', 'figure']),
    ...[
      ...fairness(rows, grade),
      ["a key point's own text alone is covered", aloneOf(bank, grade)],
      ['model answer and a true refutation: loses over 0.05', refutedOf(bank, grade)],
      ['half of the key points, as sentences: label, score', partOf(halves(bank), grade)],
      ['all key points, as a telegram with arrows: label, score', partOf(telegrams(bank), grade)],
      [
        'CPU time of an answer',
        `${cpuMs(answers.slice(0, 300), ({ question, answer }) => grade(question, answer)).toFixed(1)} ms`,
      ],
      [
        'CPU time of a question, once',
        `${cpuMs(bank.slice(0, 40), (question) => prepareQuestion(question, words)).toFixed(1)} ms`,
      ],
    ].map((cells) => row(cells)),
  ].join('\n');
}

function line(name: string, rows: readonly Row[]): string {
  const { answers, correlation, kappa } = figuresOf(rows);
  const { overscored, wrongAsGood, goodUnderHalf } = harmOf(rows);
  const partial = rows.filter(({ kind }) => PARTIAL.has(kind));
  return row([
    name,
    String(answers),
    correlation.toFixed(3),
    kappa.toFixed(3),
    `${mean(partial.map(({ label }) => label)).toFixed(2)}, ${mean(partial.map(({ score }) => score)).toFixed(2)}`,
    ...[goodUnderHalf, wrongAsGood, overscored].map(({ count, of }) => `${count} of ${of}`),
    pointsOf(rows),
  ]);
}

/** Precision counts a point that is partly there as there; recall counts those that are wholly there. */
function pointsOf(rows: readonly Row[]): string {
  const points = rows.flatMap(({ gold, grade }) =>
    gold === undefined
      ? []
      : grade.points.map(({ credit }, i) => ({ mark: gold.charAt(i), isFound: credit >= COVERED })),
  );
  const found = points.filter(({ isFound }) => isFound);
  const there = points.filter(({ mark }) => mark === 'c');
  if (found.length === 0 || there.length === 0) return '';
  const right = found.filter(({ mark }) => mark === 'c' || mark === 'p').length / found.length;
  return `${right.toFixed(2)}, ${(there.filter(({ isFound }) => isFound).length / there.length).toFixed(2)}`;
}

/** What good answers lose when nobody types a comma or a capital. */
function fairness(rows: readonly Row[], grade: Grader): string[][] {
  const good = rows.filter(
    ({ label, kind }) => label >= GOOD && (kind === 'good' || kind === 'chatty'),
  );
  const loss = mean(
    good.map(({ question, answer, score }) => score - grade(question, spoken(answer)).score),
  );
  return [['good answers without punctuation: loss of the mean', loss.toFixed(3)]];
}

function aloneOf(bank: readonly FreeTextQuestion[], grade: Grader): string {
  const covered = bank.flatMap((question) =>
    question.keyPoints.map(({ id, text }) => {
      const found = grade(question, text).points.find((point) => point.id === id);
      return found?.verdict === 'covered';
    }),
  );
  return `${covered.filter(Boolean).length} of ${covered.length}`;
}

function refutedOf(bank: readonly FreeTextQuestion[], grade: Grader): string {
  const losses = bank.flatMap((question) => {
    const [claim] = question.keyPoints.flatMap(({ wrong = [] }) => wrong);
    if (!claim) return [];
    const { score } = grade(question, question.modelAnswer);
    return [score - grade(question, `${question.modelAnswer} ${refuted(claim)}`).score > 0.05];
  });
  return `${losses.filter(Boolean).length} of ${losses.length}`;
}

function partOf(cases: readonly FairCase[], grade: Grader): string {
  const scores = cases.map(({ question, answer }) => grade(question, answer).score);
  return `${mean(cases.map(({ label }) => label)).toFixed(2)}, ${mean(scores).toFixed(2)}`;
}

function cpuMs<T>(all: readonly T[], work: (each: T) => void): number {
  const before = process.cpuUsage();
  for (const each of all) work(each);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / Math.max(1, all.length);
}

function header(cells: readonly string[]): string {
  return `${row(cells)}\n${row(cells.map(() => '---'))}`;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
