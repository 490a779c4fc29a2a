import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { z } from 'zod';
import { gradeAnswer } from '../core/interview/grade.ts';
import {
  backgroundSchema,
  countBackground,
  loadBackground,
} from '../core/interview/grading/background.ts';
import { type FitSets, fitScoring, type Sample } from '../core/interview/grading/fit.ts';
import { compileLexicon, lexiconSchema } from '../core/interview/grading/lexicon.ts';
import { figuresOf, harmOf, type Measured, mean } from '../core/interview/grading/measure.ts';
import { observeAnswer } from '../core/interview/grading/observe.ts';
import { prepareQuestion } from '../core/interview/grading/prepare.ts';
import { SCORING } from '../core/interview/grading/score.ts';
import type { GradedQuestion } from '../core/interview/grading/types.ts';
import { dataFile } from './bank-files.ts';
import {
  bankTexts,
  GRADING_FOLDER,
  itemSchema,
  type LabelledAnswer,
  readLabelled,
  spokenBank,
} from './grading-sets.ts';

const DOC = new URL('../../docs/grading.md', import.meta.url);

const { values } = parseArgs({
  options: {
    /** Grades a file of items, one JSON object a line, to standard output. */
    items: { type: 'string' },
    /** Rewrites the word-frequency table from the bank. */
    background: { type: 'boolean', default: false },
    /** Fits the numbers of the score again and prints them. */
    fit: { type: 'boolean', default: false },
    /** Writes the tables into docs/grading.md. */
    docs: { type: 'boolean', default: false },
  },
});
const lexicon = compileLexicon(lexiconSchema.parse(parse(dataFile('lexicon.yaml').text)));

if (values.background) writeBackground();
else if (values.items) gradeItems(values.items);
else if (values.fit) printFit();
else report();

function background() {
  return loadBackground(
    backgroundSchema.parse(JSON.parse(readFileSync(`${GRADING_FOLDER}background.json`, 'utf8'))),
  );
}

function writeBackground(): void {
  const counted = countBackground(bankTexts(), lexicon);
  const common = [...counted.counts]
    .filter(([, count]) => count > 1)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const table = { texts: counted.texts, counts: Object.fromEntries(common) };
  writeFileSync(`${GRADING_FOLDER}background.json`, `${JSON.stringify(table)}\n`);
  process.stdout.write(`background.json: ${common.length} words of ${counted.texts} texts\n`);
}

function gradeItems(file: string): void {
  const words = background();
  const seen = new Map<string, GradedQuestion>();
  for (const [i, line] of readFileSync(file, 'utf8').split('\n').entries()) {
    if (line.trim() === '') continue;
    const read = itemSchema.safeParse(safeJson(line));
    if (!read.success) {
      process.stderr.write(`${file}:${i + 1}: ${z.prettifyError(read.error)}\n`);
      process.exitCode = 1;
      continue;
    }
    const { id, answer, question: prompt, ...rest } = read.data;
    const key = JSON.stringify([prompt, rest]);
    const question = seen.get(key) ?? { prompt, ...rest };
    seen.set(key, question);
    const grade = gradeAnswer({ question, answer, lexicon, background: words });
    const found = grade.points.map(({ id: point, verdict, credit, evidence }) => ({
      id: point,
      verdict,
      credit,
      evidence,
    }));
    process.stdout.write(`${JSON.stringify({ id, score: grade.score, points: found })}\n`);
  }
}

function safeJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function printFit(): void {
  const words = background();
  const matchers = new Map<GradedQuestion, ReturnType<typeof prepareQuestion>>();
  const sample = (
    question: GradedQuestion,
    answer: string,
    label: number,
    kind: string,
  ): Sample => {
    const matcher = matchers.get(question) ?? prepareQuestion(question, lexicon, words);
    matchers.set(question, matcher);
    return { seen: observeAnswer(matcher, answer), label, kind };
  };
  const items = readLabelled();
  const of = (rows: readonly LabelledAnswer[]) =>
    rows.map(({ question, answer, label, kind }) => sample(question, answer, label, kind));
  const bank = spokenBank();
  const sets: FitSets = {
    answers: of(items.filter(({ set }) => set !== 'digiklausur')),
    exam: of(items.filter(({ set }) => set === 'digiklausur')),
    others: bank.flatMap((question) =>
      bank
        .filter((other) => other !== question && other.chapter === question.chapter)
        .slice(0, 3)
        .map((other) => sample(question, other.modelAnswer, 0, 'other')),
    ),
    own: bank.map((question) => sample(question, question.modelAnswer, 1, 'own')),
  };
  process.stdout.write(
    `${JSON.stringify(fitScoring(SCORING, sets, { tries: 600, seed: 'grading' }), undefined, 2)}\n`,
  );
}

function report(): void {
  const words = background();
  const items = readLabelled();
  const started = performance.now();
  const rows = items.map(({ set, question, answer, label, kind }) => ({
    set,
    kind,
    label,
    score: gradeAnswer({ question, answer, lexicon, background: words }).score,
  }));
  const perAnswerMs = (performance.now() - started) / Math.max(1, rows.length);
  const text = `${tables(rows)}\n${perAnswerMs.toFixed(1)} ms an answer, ${Math.round(process.memoryUsage.rss() / 2 ** 20)} MiB resident with the bank and all sets loaded.\n`;
  process.stdout.write(text);
  if (!values.docs) return;
  const old = readFileSync(DOC, 'utf8');
  writeFileSync(
    DOC,
    old.replace(
      /(<!-- figures -->\n)[\s\S]*(<!-- end -->)/,
      (_, open: string, close: string) => `${open}\n${text}\n${close}`,
    ),
  );
}

function tables(rows: readonly (Measured & { set: string })[]): string {
  const own = rows.filter(({ kind }) => kind !== 'exam');
  const group = <T extends string>(
    of: readonly Measured[],
    by: (row: Measured & { set?: string }) => T,
  ) => {
    const groups = new Map<T, Measured[]>();
    for (const row of of) groups.set(by(row), [...(groups.get(by(row)) ?? []), row]);
    return [...groups];
  };
  const line = (name: string, set: readonly Measured[]) => {
    const { answers: count, correlation, kappa, rmse } = figuresOf(set);
    const { overscored, wrongAsGood, goodUnderHalf } = harmOf(set);
    const of = ({ count: n, of: all }: { count: number; of: number }) => `${n} of ${all}`;
    return `| ${name} | ${count} | ${correlation.toFixed(3)} | ${kappa.toFixed(3)} | ${rmse.toFixed(3)} | ${of(overscored)} | ${of(wrongAsGood)} | ${of(goodUnderHalf)} |`;
  };
  const sets = group(rows, (row) => row.set ?? '');
  const kinds = group(own, (row) => row.kind);
  return [
    '| set | answers | r | QWK | RMSE | gamed over-scored | wrong graded as good | good under 0.5 |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...sets.map(([name, set]) => line(name, set)),
    line('all but the exam', own),
    '',
    '| kind of writer | answers | mean label | mean score |',
    '| --- | --- | --- | --- |',
    ...kinds.map(
      ([kind, set]) =>
        `| ${kind} | ${set.length} | ${mean(set.map(({ label }) => label)).toFixed(2)} | ${mean(set.map(({ score }) => score)).toFixed(2)} |`,
    ),
    '',
  ].join('\n');
}
