import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';
import { readCatalog } from '../catalog.ts';
import { readConfig } from '../config.ts';
import type { Catalog } from '../core/catalog.ts';
import { sentences } from '../core/interview/grading/sentences.ts';
import type { Grade } from '../core/interview/grading/types.ts';
import { DatabaseError, openSqlite } from '../store/sqlite.ts';

/** An answer whose author says that it makes a point, and lets the bank's authors read it. */
type Shared = { questionId: string; pointId: string; answer: string };

/** The same with its grade of today; none when the bank does not have the question. */
type Graded = Shared & { grade: Grade | undefined };

/** Prints what people shared when they contested a verdict, as phrasings in the YAML of the bank. */
async function printPhrasings(): Promise<void> {
  const { store, close } = openSqlite(databaseUrl());
  const shared = await store.sharedAnswers();
  close();
  if (shared.length === 0) return console.log('# Nobody has shared a contested answer yet.');
  const { catalog } = readCatalog();
  const graded = shared.map((each) => ({ ...each, grade: gradeOf(each, catalog) }));
  const open = graded.filter((each) => !isRecognised(each));
  const known = graded.length - open.length;
  if (known > 0)
    console.log(
      `# Left out, as the grader recognises the point by now: ${known} of ${graded.length}.`,
    );
  if (open.length > 0)
    console.log(
      '# Sentences whose authors say that they make the point. Not every author is right.',
    );
  for (const [id, answers] of groups(open, ({ questionId }) => questionId))
    console.log(questionLines(id, answers).join('\n'));
}

function databaseUrl(): string {
  const path = (databaseOption() ?? configuredDatabase()).replace(/^file:(\/\/)?/, '');
  // Opening a file that is not there would make an empty database.
  if (!existsSync(path))
    refuse(`There is no database ${path}. Name the file that the bot writes to: --database FILE`);
  return `file:${path}`;
}

function databaseOption(): string | undefined {
  try {
    return parseArgs({ options: { database: { type: 'string' } } }).values.database;
  } catch {
    return refuse('Type npm run phrasings -- --database FILE, or leave it out for DATABASE_URL.');
  }
}

function configuredDatabase(): string {
  const read = readConfig();
  if ('config' in read) return read.config.DATABASE_URL;
  return refuse(read.problems.map(({ variable, message }) => `${variable} ${message}`).join('\n'));
}

function refuse(words: string): never {
  console.error(words);
  process.exit(2);
}

function gradeOf({ questionId, answer }: Shared, catalog: Catalog): Grade | undefined {
  const question = catalog.shipped(questionId);
  return question && 'keyPoints' in question ? catalog.grade(question, answer) : undefined;
}

function isRecognised({ pointId, grade }: Graded): boolean {
  return grade?.points.some(({ id, verdict }) => id === pointId && verdict === 'covered') ?? false;
}

function groups<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of list) found.set(keyOf(one), [...(found.get(keyOf(one)) ?? []), one]);
  return found;
}

function questionLines(id: string, answers: readonly Graded[]): string[] {
  const isKnown = answers.some(({ grade }) => grade);
  return [
    `- id: ${id}${isKnown ? '' : " # not in the bank: a team's own question, or gone"}`,
    '  keyPoints:',
    ...[...groups(answers, ({ pointId }) => pointId)].flatMap(([point, list]) =>
      pointLines(point, list),
    ),
  ];
}

function pointLines(id: string, answers: readonly Graded[]): string[] {
  const point = answers[0]?.grade?.points.find((each) => each.id === id);
  const lines = answers.flatMap((each) =>
    sentences(each.answer).map((text) => phrasingLine(text, each)),
  );
  return [
    `    - id: ${id}`,
    ...(point ? [`      # ${point.text}`] : []),
    '      phrasings:',
    ...new Set(lines),
  ];
}

/** A sentence, marked when the grader reads another point in it. */
function phrasingLine(text: string, { pointId, grade }: Graded): string {
  const other = grade?.points.find(
    ({ id, verdict, evidence }) =>
      id !== pointId && verdict === 'covered' && evidence.includes(text),
  );
  const scalar = stringify(text, { lineWidth: 0 }).trimEnd();
  return `        - ${scalar}${other ? ` # read as ${other.id}` : ''}`;
}

try {
  await printPhrasings();
} catch (error) {
  if (!(error instanceof DatabaseError)) throw error;
  refuse(error.message);
}
