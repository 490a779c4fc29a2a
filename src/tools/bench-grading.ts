import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import {
  countBackground,
  storedLeaning,
  storedTopics,
} from '../core/interview/grading/background.ts';
import { fitWeights } from './grading/fit.ts';
import { gradeItems } from './grading/items.ts';
import { gradingReport } from './grading/report.ts';
import {
  bankTexts,
  GRADING_FOLDER,
  readFitting,
  readHeldOut,
  readLabelled,
  readSets,
  spokenBank,
} from './grading/sets.ts';
import {
  leaningOfField,
  readStatements,
  strangeMatchers,
  textsOfTopics,
} from './grading/statements.ts';
import { readBackground, readLexicon } from './grading/words.ts';

const DOC = new URL('../../docs/grading.md', import.meta.url);

/** People type shorthand: honest answers stand beside the bank's prose, with this weight. */
const TYPED_WEIGHT = 3;
const DISHONEST = new Set(['shuffled', 'keywords', 'stuffed', 'code', 'copy', 'injection', 'buzz']);

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
const lexicon = readLexicon();

if (values.background) writeBackground();
else if (values.items) gradeItems(values.items, lexicon, readBackground());
else if (values.fit) process.stdout.write(`${JSON.stringify(fitWeights(lexicon), undefined, 2)}\n`);
else report();

function writeBackground(): void {
  const typed = readLabelled()
    .filter(({ set, kind }) => set.startsWith('dev-') && !DISHONEST.has(kind))
    .flatMap(({ answer }) => Array<string>(TYPED_WEIGHT).fill(answer));
  const bank = spokenBank();
  const statements = readStatements(bank, readFitting(), lexicon);
  const words = countBackground(bankTexts(), typed, lexicon);
  const counts = new Map(Object.entries(words.counts));
  const table = {
    ...words,
    leaning: storedLeaning(leaningOfField(statements)),
    topics: storedTopics(textsOfTopics(bank), { texts: words.texts, counts }, lexicon),
  };
  writeFileSync(`${GRADING_FOLDER}background.json`, `${JSON.stringify(table)}\n`);
  const pairs = Object.keys(table.pairs).length;
  process.stdout.write(
    `background.json: ${counts.size} words and ${pairs} pairs of ${table.texts} texts, ${table.topics.length} topics\n`,
  );
}

function report(): void {
  const answers = [...readLabelled(), ...readHeldOut()];
  const text = gradingReport(answers, readSets(), spokenBank(), {
    lexicon,
    background: readBackground(),
    asStranger: strangeMatchers(answers, lexicon),
  });
  process.stdout.write(`${text}\n`);
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
