import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parse } from 'yaml';
import { readGpus } from './core/calculators/hardware/gpu-schema.ts';
import { readModels } from './core/calculators/models/model-schema.ts';
import { readEngineTable, SERVING_ENGINES } from './core/calculators/serving/engine-flags.ts';
import { readFailures } from './core/calculators/serving/failure-log.ts';
import { readLatencyFacts } from './core/calculators/speed/latency-constants.ts';
import { caseSchema } from './core/cases/schema.ts';
import {
  type Catalog,
  type Chapter,
  type Concept,
  createCatalog,
  type LearningPath,
} from './core/catalog.ts';
import { fieldWordsSchema } from './core/grading/field-words.ts';
import { createGrader, openWords, type StoredWords } from './core/grading/grade.ts';
import { heardSchema } from './core/grading/heard.ts';
import { weightsSchema } from './core/grading/score.ts';
import { compileLexicon, lexiconSchema, thesaurusSchema } from './core/grading/text/lexicon.ts';
import type { GradedQuestion } from './core/grading/types.ts';
import {
  chapterSchema,
  conceptSchema,
  pathSchema,
  samplesSchema,
} from './core/questions/catalog-schema.ts';
import { createGenerators } from './core/questions/generators/index.ts';
import { formatProblem, readBank } from './core/questions/read-bank.ts';
import { readTable } from './core/questions/read-table.ts';
import type { TextFile } from './core/questions/read-yaml.ts';
import type { Question } from './core/questions/schema.ts';
import { BUILT_BANK, DATA } from './paths.ts';

/** The part of `data/` that is slow to read and to validate, as `npm run prepare` leaves it. */
export type BuiltBank = Pick<
  Catalog,
  'models' | 'gpus' | 'latency' | 'engines' | 'failures' | 'samples' | 'cases'
> & {
  questions: Question[];
  chapters: Chapter[];
  paths: LearningPath[];
  concepts: Concept[];
};

/** The catalog, and every problem of a file that was passed over for the built bank. */
export function readCatalog(folders = { data: DATA, built: BUILT_BANK }): {
  catalog: Catalog;
  problems: string[];
} {
  const { bank, problems, index } = chooseBank(folders);
  let grader: Catalog['grade'] | undefined;
  // Opened at the first answer in words: most starts never need it.
  const readGrader = () => {
    grader ??= createGrader(openWords(chooseWords(folders)));
    return grader;
  };
  const oneOf = createOneOf<GradedQuestion>();
  return {
    catalog: createCatalog({
      ...bank,
      index,
      generators: createGenerators(bank),
      grade: (question, answer, before) => readGrader()(oneOf(question), answer, before),
    }),
    problems,
  };
}

const readJson = (data: string, name: string): unknown =>
  JSON.parse(readFileSync(`${data}${name}`, 'utf8'));

/** Questions of which the first object is kept; each post reads its own copy of one from its row. */
const KEPT = 64;

/** Answers with the first of equal values, by which the grader knows again what it has prepared. */
export function createOneOf<T>(): (value: T) => T {
  const kept = new Map<string, T>();
  return (value) => {
    const key = JSON.stringify(value);
    const one = kept.get(key) ?? value;
    kept.delete(key);
    kept.set(key, one);
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    return one;
  };
}

const WORDS = [
  'lexicon.yaml',
  'thesaurus.json',
  ...['field-words', 'heard', 'weights'].map((each) => `grading/${each}.json`),
];

/** The grader's words as they were left beside the built bank, unless a file of them was edited since. */
function chooseWords({ data, built }: { data: string; built: string }): StoredWords {
  const known = join(dirname(built), 'grading.json');
  const newest = Math.max(...WORDS.map((name) => statSync(`${data}${name}`).mtimeMs));
  if (existsSync(known) && newest <= statSync(known).mtimeMs)
    return JSON.parse(readFileSync(known, 'utf8')) as StoredWords; // Written by the build, from what it had validated.
  return readWords(data);
}

/** Reads and validates what answers are graded with; the lexicon's words are stemmed. */
export function readWords(data = DATA): StoredWords {
  const json = (name: string) => readJson(data, `grading/${name}.json`);
  return {
    lexicon: compileLexicon(
      lexiconSchema.parse(parse(readFileSync(`${data}lexicon.yaml`, 'utf8'))),
      thesaurusSchema.parse(readJson(data, 'thesaurus.json')),
    ),
    field: fieldWordsSchema.parse(json('field-words')),
    heard: heardSchema.parse(json('heard')),
    weights: weightsSchema.parse(json('weights')),
  };
}

function chooseBank({ data, built }: { data: string; built: string }): {
  bank: BuiltBank;
  problems: string[];
  /** The words of its questions, where they were left beside it. */
  index?: () => string;
} {
  const known = existsSync(built)
    ? (JSON.parse(readFileSync(built, 'utf8')) as BuiltBank)
    : undefined;
  const index = join(dirname(built), 'search.json');
  const beside = existsSync(index) ? { index: () => readFileSync(index, 'utf8') } : {};
  // A package comes without what the bank was built from.
  const isBuilt = known && !existsSync(`${data}questions`);
  if (known && (isBuilt || newestChange(data) <= statSync(built).mtimeMs))
    return { bank: known, problems: [], ...beside };
  const read = readData(data);
  // The last good bank is better than half of a new one.
  if (read.problems.length > 0 && known) return { bank: known, problems: read.problems, ...beside };
  return read;
}

/**
 * Reads and validates the bank, and what estimates are made with; every problem of the YAML at once, with file and line.
 *
 * @throws ZodError naming what is wrong in a file of JSON.
 */
export function readData(data = DATA): { bank: BuiltBank; problems: string[] } {
  const file = (name: string): TextFile => ({
    file: `data/${name}`,
    text: readFileSync(`${data}${name}`, 'utf8'),
  });
  const cases = yamlFiles(data, 'cases').map((name) =>
    readTable(file(`cases/${name}`), caseSchema),
  );
  const bank = readBank(yamlFiles(data, 'questions').map((name) => file(`questions/${name}`)));
  const chapters = readTable(file('chapters.yaml'), chapterSchema);
  const paths = readTable(file('paths.yaml'), pathSchema);
  const concepts = readTable(file('concepts.yaml'), conceptSchema);
  return {
    bank: {
      questions: bank.questions,
      chapters: chapters.rows,
      paths: paths.rows,
      concepts: concepts.rows,
      cases: cases.flatMap(({ rows }) => rows),
      models: readModels(readJson(data, 'models.json')),
      gpus: readGpus(readJson(data, 'gpus.json')),
      latency: readLatencyFacts(readJson(data, 'latency.json')),
      engines: SERVING_ENGINES.map((name) =>
        readEngineTable(readJson(data, `engines/${name}.json`)),
      ),
      failures: readFailures(readJson(data, 'engines/failures.json')),
      samples: samplesSchema.parse(readJson(data, 'samples.json')),
    },
    problems: [bank, chapters, paths, concepts, ...cases]
      .flatMap(({ problems }) => problems)
      .map(formatProblem),
  };
}

function yamlFiles(data: string, folder: string): string[] {
  return readdirSync(`${data}${folder}`)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort();
}

function newestChange(data: string): number {
  const files = [
    ...['questions', 'cases'].flatMap((folder) => [
      folder,
      ...yamlFiles(data, folder).map((name) => `${folder}/${name}`),
    ]),
    'chapters.yaml',
    'paths.yaml',
    'concepts.yaml',
    'models.json',
    'gpus.json',
    'latency.json',
    'engines/failures.json',
    ...SERVING_ENGINES.map((name) => `engines/${name}.json`),
    'samples.json',
  ];
  return Math.max(...files.map((name) => statSync(`${data}${name}`).mtimeMs));
}
