import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  chapterSchema,
  claimSchema,
  conceptSchema,
  pathSchema,
  recentTopicSchema,
  targetSchema,
} from '../src/core/questions/catalog-schema.ts';
import { type Bank, formatProblem, readBank } from '../src/core/questions/read-bank.ts';
import { readTable } from '../src/core/questions/read-table.ts';
import type { FileProblem } from '../src/core/questions/read-yaml.ts';
import type { Question } from '../src/core/questions/schema.ts';
import { bankFiles, dataFile } from './bank-lint/bank-files.ts';
import { countTable } from './bank-lint/coverage.ts';
import { runsSharedWith } from './bank-lint/duplicate-rules.ts';
import { lintKeyPoints } from './bank-lint/grading-rules.ts';
import { lintBank, RULES } from './bank-lint/lint.ts';
import { type Finding, isFreeText, type LintInput } from './bank-lint/rule.ts';
import { readGradingWords } from './grading/words.ts';

/** Options of `npm run lab lint-bank -- …`. */
const OPTIONS = {
  /** Only what concerns one chapter. */
  chapter: { type: 'string' },
  json: { type: 'boolean', default: false },
  /** Leave out warnings. */
  quiet: { type: 'boolean', default: false },
  /** Text files that no item may share eight words in a row with. */
  against: { type: 'string', multiple: true, default: [] as string[] },
} as const;

/** Checks the shipped bank, prints what is wrong and how full it is; fails on errors. */
function lintShippedBank(): void {
  const { values } = parseArgs({ options: { ...OPTIONS, against: { ...OPTIONS.against } } });
  const bank = readBank(bankFiles());
  const { input, problems } = readInput(bank);
  const chapter = values.chapter === undefined ? undefined : Number(values.chapter);
  if (chapter !== undefined && !input.targets.some((row) => row.chapter === chapter)) {
    console.error(`--chapter ${values.chapter}: write a number of data/targets.yaml`);
    process.exitCode = 2;
    return;
  }
  const shown = bank.questions.filter((item) => chapter === undefined || item.chapter === chapter);
  const findings = [
    ...lintBank(input, RULES),
    ...copied(bank, values.against),
    ...gradedWith(shown, values.quiet),
  ]
    .filter((finding) => chapter === undefined || chapterOf(finding, bank) === chapter)
    .filter(({ level }) => !values.quiet || level === 'error');
  const broken = [...bank.problems, ...problems].filter(
    ({ id }) => chapter === undefined || id === undefined || id.startsWith(`c${chapter}-`),
  );
  const errors = findings.filter(({ level }) => level === 'error').length + broken.length;

  if (values.json) console.log(JSON.stringify({ problems: broken, findings }, null, 2));
  else {
    for (const problem of broken) console.log(`error    ${formatProblem(problem)}`);
    for (const finding of findings) console.log(formatFinding(finding, bank));
    const targets = input.targets.filter((row) => chapter === undefined || row.chapter === chapter);
    console.log(`\n${countTable(shown, targets)}\n`);
    console.log(byRule(findings));
    console.log(`${errors} errors, ${findings.length + broken.length - errors} warnings`);
  }
  process.exitCode = errors === 0 ? 0 : 1;
}

function readInput({ questions }: Bank): { input: LintInput; problems: FileProblem[] } {
  const chapters = readTable(dataFile('chapters.yaml'), chapterSchema);
  const paths = readTable(dataFile('paths.yaml'), pathSchema);
  const concepts = readTable(dataFile('concepts.yaml'), conceptSchema);
  const claims = readTable(dataFile('claims.yaml'), claimSchema);
  const recentTopics = readTable(dataFile('recent-topics.yaml'), recentTopicSchema);
  const targets = readTable(dataFile('targets.yaml'), targetSchema);
  const tables = [chapters, paths, concepts, claims, recentTopics, targets];
  return {
    problems: tables.flatMap(({ problems }) => problems),
    input: {
      questions,
      chapters: chapters.rows,
      paths: paths.rows,
      concepts: concepts.rows,
      claims: claims.rows,
      recentTopics: recentTopics.rows,
      targets: targets.rows,
      today: new Date().toISOString().slice(0, 10),
    },
  };
}

function copied({ questions }: Bank, files: readonly string[]): Finding[] {
  return files.flatMap((file) => {
    const text = readFileSync(file, 'utf8');
    return questions.flatMap((question) =>
      runsSharedWith(text, question)
        .slice(0, 1)
        .map((run): Finding => {
          const message = `shares words with ${file}: "${run}"`;
          return { level: 'error', rule: 'copied', id: question.id, message, fix: 'rewrite it' };
        }),
    );
  });
}

/** What grading with the key points shows of them. It takes by far the longest, so it gets only the items to show. */
function gradedWith(questions: readonly Question[], errorsOnly: boolean): Finding[] {
  return lintKeyPoints(questions.filter(isFreeText), readGradingWords(), { errorsOnly });
}

function chapterOf({ id, chapter }: Finding, { questions }: Bank): number | undefined {
  return chapter ?? questions.find((question) => question.id === id)?.chapter;
}

function formatFinding(finding: Finding, { places }: Bank): string {
  const { level, rule, id, path = [], chapter, message, fix } = finding;
  const place = id === undefined ? undefined : places.get(id);
  const where = place
    ? `${place.file}:${place.lineOf(path)}  ${id}`
    : chapter
      ? `chapter ${chapter}`
      : 'bank';
  const field = path.length > 0 ? `${path.map(String).join('.')}: ` : '';
  return `${level.padEnd(8)} ${where}  [${rule}] ${field}${message}; fix: ${fix}`;
}

function byRule(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { level, rule } of findings) {
    const key = `${level.padEnd(8)} ${rule}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts]
    .sort()
    .map(([key, count]) => `${key.padEnd(34)}${count}\n`)
    .join('');
}

lintShippedBank();
