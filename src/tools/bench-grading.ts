import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { gradeAnswer } from '../core/interview/grade.ts';
import { ATTACKS } from '../core/interview/grading/attacks.ts';
import {
  countBackground,
  storedLeaning,
  storedTopics,
} from '../core/interview/grading/background.ts';
import { fitScoring, type Sample } from '../core/interview/grading/fit.ts';
import { type Observation, observeAnswer } from '../core/interview/grading/observe.ts';
import type { GradedQuestion } from '../core/interview/grading/types.ts';
import { byPrompt, teamsOwn, withBank } from './grading-questions.ts';
import { gradingReport } from './grading-report.ts';
import {
  bankTexts,
  GRADING_FOLDER,
  itemSchema,
  readFitting,
  readHeldOut,
  readLabelled,
  spokenBank,
} from './grading-sets.ts';
import {
  leaningOfField,
  readStatements,
  strangeMatchers,
  textsOfTopics,
} from './grading-statements.ts';
import { readBackground, readLexicon } from './grading-words.ts';

const DOC = new URL('../../docs/grading.md', import.meta.url);

/** People type shorthand: honest answers stand beside the bank's prose, with this weight. */
const TYPED_WEIGHT = 3;
/** The share of what was labelled for a point: covered, partly, missed, contradicted. */
const GOLD = new Map([
  ['c', 1],
  ['p', 0.5],
  ['m', 0],
  ['x', 0],
]);
/** How much an answer of an exam, a model answer, one of another question and an attack count beside one of our own sets. */
const COUNTS = {
  thorough: { exam: 1.2, model: 0.3, other: 0.2, attack: 0.05 },
  sparse: { exam: 19, model: 0.03, other: 0.012, attack: 0.005 },
};
const STEPS = 1000;

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
else if (values.items) gradeItems(values.items);
else if (values.fit) printFit();
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

type Item = { id: string | number; key: string; question: GradedQuestion; answer: string };

/** Writes the grades in the order of the lines; they are made question by question, since few read questions are kept. */
function gradeItems(file: string): void {
  const words = readBackground();
  const items = readItems(file);
  const lines = new Map<Item, string>();
  for (const item of [...items].sort((a, b) => a.key.localeCompare(b.key))) {
    const { question, answer } = item;
    const { score, points } = gradeAnswer({ question, answer, lexicon, background: words });
    const found = points.map(({ id, verdict, credit, evidence }) => ({
      id,
      verdict,
      credit,
      evidence,
    }));
    lines.set(item, JSON.stringify({ id: item.id, score, points: found }));
  }
  for (const item of items) process.stdout.write(`${lines.get(item)}\n`);
}

function readItems(file: string): Item[] {
  const seen = new Map<string, GradedQuestion>();
  const bank = byPrompt(spokenBank());
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, i): Item[] => {
      if (line.trim() === '') return [];
      const read = itemSchema.safeParse(safeJson(line));
      if (!read.success) {
        process.stderr.write(`${file}:${i + 1}: ${z.prettifyError(read.error)}\n`);
        process.exitCode = 1;
        return [];
      }
      const { id, answer, question: prompt, ...rest } = read.data;
      const key = JSON.stringify([prompt, rest]);
      const question = seen.get(key) ?? withBank({ prompt, ...rest }, bank);
      seen.set(key, question);
      return [{ id, key, question, answer }];
    });
}

function safeJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return 'not JSON';
  }
}

/** Fits the weights on all that may be looked at: on the bank as it is, and as if teams had written it. */
function printFit(): void {
  const matcherOf = strangeMatchers(readFitting(), lexicon);
  const ownOf = teamsOwn(spokenBank());
  const ways = {
    thorough: (question: GradedQuestion) => question,
    sparse: (question: GradedQuestion) => ownOf(question) ?? question,
  };
  const fitted = (way: keyof typeof ways) => {
    const see = (question: GradedQuestion, answer: string) =>
      observeAnswer(matcherOf(ways[way](question)), answer);
    return fitScoring(
      [...writtenSamples(see, COUNTS[way]), ...madeSamples(see, COUNTS[way])],
      STEPS,
    );
  };
  const both = { thorough: fitted('thorough'), sparse: fitted('sparse') };
  process.stdout.write(`${JSON.stringify(both, undefined, 2)}\n`);
}

type See = (question: GradedQuestion, answer: string) => Observation;
type Counts = typeof COUNTS.thorough;

/** What people wrote, with the labels that others gave it. */
function writtenSamples(see: See, counts: Counts): Sample[] {
  return readFitting().map(({ question, answer, label, kind, gold, set }) => ({
    seen: see(question, answer),
    label,
    kind,
    counts: set === 'digiklausur' ? counts.exam : 1,
    gold: gold ? [...gold].map((letter) => GOLD.get(letter) ?? 0) : undefined,
  }));
}

/** The bank's model answers, given to their own question and to others of the chapter, and attacks made from them. */
function madeSamples(see: See, counts: Counts): Sample[] {
  const bank = spokenBank();
  return bank.flatMap((question): Sample[] => {
    const others = bank.filter(
      ({ id, chapter }) => id !== question.id && chapter === question.chapter,
    );
    const sample = (answer: string, rest: Omit<Sample, 'seen'>) => ({
      seen: see(question, answer),
      ...rest,
    });
    return [
      sample(question.modelAnswer, { label: 1, kind: 'model', counts: counts.model }),
      ...others.map(({ modelAnswer }) =>
        sample(modelAnswer, { label: 0, kind: 'other', counts: counts.other }),
      ),
      ...Object.values(ATTACKS).map((attack) =>
        sample(attack(question), { label: 0, kind: 'gamed', counts: counts.attack }),
      ),
    ];
  });
}

function report(): void {
  const answers = [...readLabelled(), ...readHeldOut()];
  const text = gradingReport(answers, spokenBank(), {
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
