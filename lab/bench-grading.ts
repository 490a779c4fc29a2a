import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readConfig } from '../src/config.ts';
import { createGrader } from '../src/core/grading/grade.ts';
import { shuffled } from '../src/core/random.ts';
import { createJudge } from '../src/examiner/judge.ts';
import { fitWeights } from './grading/fit.ts';
import { gradeItems } from './grading/items.ts';
import { judgeReport } from './grading/judge-report.ts';
import { gradingReport } from './grading/report.ts';
import { GRADING_FOLDER, type LabelledAnswer, readAnswers, spokenBank } from './grading/sets.ts';
import { spoken } from './grading/speech.ts';
import { readGradingWords } from './grading/words.ts';

const DOC = new URL('../docs/grading.md', import.meta.url);

const { values } = parseArgs({
  options: {
    /** Grades a file of items, one JSON object a line, to standard output. */
    items: { type: 'string' },
    /** Fits the weights again and writes them to data/grading/weights.json. */
    fit: { type: 'boolean', default: false },
    /** Measures the judge of JUDGE_URL beside the embedded grader, on so many answers. */
    judge: { type: 'boolean', default: false },
    answers: { type: 'string', default: '100' },
    /** Writes the tables into docs/grading.md. */
    docs: { type: 'boolean', default: false },
  },
});
const words = readGradingWords();

if (values.items) gradeItems(values.items, words);
else if (values.fit) refit();
else if (values.judge) await measureJudge();
else report();

/** On all sets that may be read, and on their good answers as they would be dictated. */
function refit(): void {
  const answers = readAnswers().filter(({ use }) => use === 'fitting');
  const dictated = answers
    .filter(({ kind }) => kind === 'good' || kind === 'chatty')
    .map((each) => ({ ...each, answer: spoken(each.answer) }));
  const weights = fitWeights([...answers, ...dictated], words);
  writeFileSync(`${GRADING_FOLDER}weights.json`, `${JSON.stringify(weights, undefined, 2)}\n`);
}

/** The answers are drawn by lot from the sets that may be read. */
async function measureJudge(): Promise<void> {
  const read = readConfig();
  const config = 'config' in read ? read.config : undefined;
  if (!config?.JUDGE_URL || !config.JUDGE_MODEL) {
    process.stderr.write('Set JUDGE_URL and JUDGE_MODEL first.\n');
    process.exitCode = 1;
    return;
  }
  const judge = createJudge({
    url: config.JUDGE_URL,
    model: config.JUDGE_MODEL,
    ...(config.JUDGE_KEY ? { key: config.JUDGE_KEY } : {}),
    clock: { now: () => new Date() },
    nonce: randomUUID,
    onFailure: (error) => process.stderr.write(`${error}\n`),
  });
  const grade = createGrader(words);
  const readable = readAnswers().filter(({ use }) => use === 'fitting');
  const drawn = shuffled(readable, 'judge').slice(0, Number(values.answers));
  const embedded = ({ question, answer }: LabelledAnswer) => grade(question, answer);
  const text = await judgeReport(drawn, { bank: spokenBank(), judge, embedded });
  process.stdout.write(`${text}\n`);
}

function report(): void {
  const text = gradingReport(readAnswers(), spokenBank(), words);
  process.stdout.write(`${text}\n`);
  if (!values.docs) return;
  const old = readFileSync(DOC, 'utf8');
  writeFileSync(
    DOC,
    old.replace(
      /(<!-- figures -->\n)[\s\S]*(<!-- end -->)/,
      (_, open: string, close: string) => `${open}\n${text}\n\n${close}`,
    ),
  );
}
