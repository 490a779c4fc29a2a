import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { readCatalog } from '../catalog.ts';
import { type Config, readConfig } from '../config.ts';
import type { Catalog } from '../core/catalog.ts';
import { sentences } from '../core/grading/text/sentences.ts';
import type { Grade } from '../core/grading/types.ts';
import { claimId } from '../core/interview/claims.ts';
import { DatabaseError } from '../store/database-error.ts';
import { openConfigured } from './copies/configured.ts';

/** An answer whose author says that it makes a point, or no such wrong claim, and lets the bank's authors read it. */
type Shared = { questionId: string; pointId: string; answer: string };

/** The same with its grade of today; none when the bank does not have the question. */
type Graded = Shared & { grade: Grade | undefined; claim?: Claim | undefined };

/** The wrong claim that was contested, and the words in which the grader reads it today, if it does. */
type Claim = { text: string; evidence: string | undefined };

/** Prints what people shared when they contested a verdict, as phrasings in the YAML of the bank. */
async function printPhrasings(): Promise<void> {
  const { store, close } = await openConfigured(database());
  const shared = await store.sharedAnswers();
  await close();
  if (shared.length === 0) return console.log('# No one has shared an answer yet.');
  const { catalog } = readCatalog();
  const graded = shared.map((each) => gradedOf(each, catalog));
  const open = graded.filter((each) => !isRecognized(each));
  const known = graded.length - open.length;
  if (known > 0)
    console.log(`# Left out because the grader now finds the point: ${known} of ${graded.length}.`);
  if (open.length > 0)
    console.log('# Sentences whose authors say they make the point. Not every author is right.');
  for (const [id, answers] of groups(open, ({ questionId }) => questionId))
    console.log(questionLines(id, answers).join('\n'));
}

/** The database file that the option names, or that of the settings. */
function database(): Pick<Config, 'DATABASE_URL' | 'ANSWER_KEY'> {
  const option = databaseOption();
  return option ? { DATABASE_URL: option } : configured();
}

function databaseOption(): string | undefined {
  try {
    return parseArgs({ options: { database: { type: 'string' } } }).values.database;
  } catch {
    return refuse('Run npm run phrasings -- --database FILE, or leave it out to use DATABASE_URL.');
  }
}

function configured(): Config {
  const read = readConfig();
  if ('config' in read) return read.config;
  return refuse(read.problems.map(({ variable, message }) => `${variable} ${message}`).join('\n'));
}

function refuse(words: string): never {
  console.error(words);
  process.exit(2);
}

function gradedOf(shared: Shared, catalog: Catalog): Graded {
  const question = catalog.shipped(shared.questionId);
  if (!question || !('keyPoints' in question)) return { ...shared, grade: undefined };
  const grade = catalog.grade(question, shared.answer);
  const flag = question.redFlags.find((_, index) => claimId(index) === shared.pointId);
  const read = grade.redFlags.find(({ text }) => text === flag?.text);
  const claim = flag && { text: flag.text, evidence: read?.evidence };
  return { ...shared, grade, claim };
}

/** True when the grader says by now what the author of the answer says. */
function isRecognized({ pointId, grade, claim }: Graded): boolean {
  if (claim) return claim.evidence === undefined;
  return grade?.points.some(({ id, verdict }) => id === pointId && verdict === 'covered') ?? false;
}

function groups<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of list) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return found;
}

function questionLines(id: string, answers: readonly Graded[]): string[] {
  const isKnown = answers.some(({ grade }) => grade);
  const linesOf = (list: readonly Graded[], lines: typeof pointLines) =>
    [...groups(list, ({ pointId }) => pointId)].flatMap(([point, of]) => lines(point, of));
  const points = linesOf(
    answers.filter(({ claim }) => !claim),
    pointLines,
  );
  const claims = linesOf(
    answers.filter(({ claim }) => claim),
    claimLines,
  );
  return [
    `- id: ${id}${isKnown ? '' : " # not in the bank: a team's own question, or removed"}`,
    ...(points.length > 0 ? ['  keyPoints:', ...points] : []),
    ...(claims.length > 0 ? ['  redFlags:', ...claims] : []),
  ];
}

/** What the grader takes for a wrong claim, and its author does not. */
function claimLines(_: string, answers: readonly Graded[]): string[] {
  const lines = answers.map(({ claim }) => `        - ${scalar(claim?.evidence ?? '')}`);
  return [
    `    - text: ${scalar(answers[0]?.claim?.text ?? '')}`,
    "      # Their authors say they don't claim this.",
    '      unlike:',
    ...new Set(lines),
  ];
}

function pointLines(id: string, answers: readonly Graded[]): string[] {
  const point = answers[0]?.grade?.points.find((each) => each.id === id);
  const lines = new Map<string, string>();
  for (const each of answers)
    for (const text of sentences(each.answer))
      if (!lines.has(text)) lines.set(text, phrasingLine(text, each));
  return [
    `    - id: ${id}`,
    ...(point ? [`      # ${point.text}`] : []),
    '      phrasings:',
    ...lines.values(),
  ];
}

/** A sentence, marked when the grader reads another point in it. */
function phrasingLine(text: string, { pointId, grade }: Graded): string {
  const other = grade?.points.find(
    ({ id, verdict, evidence }) =>
      id !== pointId && verdict === 'covered' && evidence.includes(text),
  );
  return `        - ${scalar(text)}${other ? ` # read as ${other.id}` : ''}`;
}

const scalar = (text: string) => stringify(text, { lineWidth: 0 }).trimEnd();

try {
  await printPhrasings();
} catch (error) {
  if (!(error instanceof DatabaseError)) throw error;
  refuse(error.message);
}
