import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fitWeights } from './grading/fit.ts';
import { gradeItems } from './grading/items.ts';
import { gradingReport } from './grading/report.ts';
import { freeTextBank, GRADING_FOLDER, readAnswers } from './grading/sets.ts';
import { spoken } from './grading/speech.ts';
import { readGradingWords } from './grading/words.ts';

const DOC = new URL('../docs/grading.md', import.meta.url);

const { values } = parseArgs({
  options: {
    /** Grades a file of items, one JSON object a line, to standard output. */
    items: { type: 'string' },
    /** Fits the weights again and writes them to data/grading/weights.json. */
    fit: { type: 'boolean', default: false },
    /** Writes the tables into docs/grading.md. */
    docs: { type: 'boolean', default: false },
  },
});
const words = readGradingWords();

if (values.items) gradeItems(values.items, words);
else if (values.fit) refit();
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

function report(): void {
  const text = gradingReport(readAnswers(), freeTextBank(), words);
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
