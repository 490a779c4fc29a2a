import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { GradedQuestion } from '../../core/interview/grading/types.ts';
import { readBank } from '../../core/questions/read-bank.ts';
import type { SpokenQuestion } from '../../core/questions/schema.ts';
import { bankFiles, DATA_FOLDER } from '../bank-lint/bank-files.ts';
import { isSpoken } from '../bank-lint/rule.ts';
import { asked, withPoints } from './asked.ts';

/** Where the grader's material lies. */
export const GRADING_FOLDER = `${DATA_FOLDER}grading/`;

/** An answer with the label that people gave it, 0 to 1. */
export type LabelledAnswer = {
  /** The row of its set in the tables. */
  set: string;
  use: AnswerSet['use'];
  /** Its question is one of the bank's. */
  isOfBank: boolean;
  question: GradedQuestion;
  answer: string;
  label: number;
  kind: string;
  /** One letter a key point: c covered, p partly, m missed, x contradicted. */
  gold?: string;
};

const topic = z.object({
  topic: z.string(),
  right: z.array(z.string()),
  wrong: z.array(z.string()),
});

/** Right and false statements on topics of the field, written for this. */
export function readTopics(): z.output<typeof topic>[] {
  return jsonLines(`${GRADING_FOLDER}statements.jsonl`, topic);
}

const answers = z.array(
  z.object({
    kind: z.string(),
    label: z.number().min(0).max(4),
    gold: z.string().optional(),
    text: z.string(),
  }),
);
const labelled = z.array(
  z.union([
    z.object({ bank: z.string(), answers }),
    z.object({ id: z.string(), ...asked, answers }).transform(withPoints),
  ]),
);
const ownQuestions = z.array(z.object({ id: z.string(), ...asked }));
const exam = {
  note: z.object({ note: z.string(), max: z.number() }),
  question: z.object({ id: z.string(), ...asked }),
  answer: z.object({ of: z.string(), score: z.number(), answer: z.string() }),
};

/** The bank's questions that are answered in words. */
export function spokenBank(): SpokenQuestion[] {
  return readBank(bankFiles()).questions.filter(isSpoken);
}

/** All texts of the bank that a reader sees, string by string; the labelled answers are not among them. */
export function bankTexts(): string[] {
  const skipped = new Set(
    'id url title where by date note format seniority difficulty references reviewed related topics'.split(
      ' ',
    ),
  );
  const strings = (value: unknown): string[] => {
    if (typeof value === 'string') return [value];
    if (Array.isArray(value)) return value.flatMap(strings);
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, inner]) =>
      skipped.has(name) ? [] : strings(inner),
    );
  };
  return readBank(bankFiles()).questions.flatMap(strings);
}

/** Every labelled answer of `data/grading`: our own sets, each file for itself, and the exam. */
export function readLabelled(): LabelledAnswer[] {
  const bank = new Map(spokenBank().map((question) => [question.id, question]));
  const folder = `${GRADING_FOLDER}dev/`;
  const own = readdirSync(folder)
    .sort()
    .flatMap((name) =>
      labelled.parse(parse(readFileSync(folder + name, 'utf8'))).flatMap((entry) => {
        const question =
          'bank' in entry ? bank.get(entry.bank) : { prompt: entry.question, ...entry };
        if (!question)
          process.stderr.write(`${name}: the bank has no ${'bank' in entry ? entry.bank : ''}\n`);
        return question
          ? entry.answers.map(
              ({ kind, label, gold, text }): LabelledAnswer => ({
                set: `dev-${name.replace('.yaml', '')}`,
                use: 'fitting',
                isOfBank: 'bank' in entry,
                question,
                answer: text,
                label: label / 4,
                kind,
                ...(gold === undefined ? {} : { gold }),
              }),
            )
          : [];
      }),
    );
  return [...own, ...readExam()];
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const setSchema = z.strictObject({
  set: z.int().min(1),
  /** Whether its answers serve for fitting, or are not to be read by anybody who works on the grader. */
  use: z.enum(['fitting', 'unseen']),
  /** Of its files, committed before its answers were labelled or graded. */
  sha256: z.strictObject({ questions: hash.optional(), answers: hash }),
  /** How it fared when it met the grader first. */
  first: z
    .strictObject({
      r: z.number(),
      qwk: z.number(),
      overscored: z.int(),
      wrongAsGood: z.int(),
      goodUnderHalf: z.int(),
    })
    .optional(),
});

/** A set of answers by people who saw the questions alone. */
export type AnswerSet = z.output<typeof setSchema>;

/** The sets that `data/grading/sets.yaml` lists. */
export function readSets(): AnswerSet[] {
  return z.array(setSchema).parse(parse(readFileSync(`${GRADING_FOLDER}sets.yaml`, 'utf8')));
}

/** Where a set's files lie. */
export function folderOf({ set }: Pick<AnswerSet, 'set'>): string {
  return `${GRADING_FOLDER}sets/${String(set).padStart(2, '0')}/`;
}

/** The row of a set in the tables. */
export function nameOf({ set, use }: Pick<AnswerSet, 'set' | 'use'>): string {
  return use === 'unseen' ? `${set}, unseen` : String(set);
}

const candidate = z.object({
  id: z.string(),
  question: z.string(),
  kind: z.string(),
  answer: z.string(),
});
const judgement = z.object({ id: z.string(), score: z.number().min(0).max(4) });

/** Answers by people who had not seen the key points, labelled blind by two others; the label is the mean of the two. */
export function readHeldOut(): LabelledAnswer[] {
  const bank = new Map<string, GradedQuestion>(
    spokenBank().map((question) => [question.id, question]),
  );
  return readSets().flatMap((set) => readJudged(set, bank));
}

/** All labelled answers that may be looked at: the weights are fitted on them, and the field's statements counted. */
export function readFitting(): LabelledAnswer[] {
  return [...readLabelled(), ...readHeldOut()].filter(({ use }) => use === 'fitting');
}

type Questions = ReadonlyMap<string, GradedQuestion>;

function readJudged(set: AnswerSet, bank: Questions): LabelledAnswer[] {
  const folder = folderOf(set);
  const own = ownQuestionsOf(folder);
  const questions = own ?? bank;
  const labels = ['labels-1.jsonl', 'labels-2.jsonl'].map(
    (name) => new Map(jsonLines(folder + name, judgement).map(({ id, score }) => [id, score])),
  );
  return jsonLines(`${folder}answers.jsonl`, candidate).flatMap((row) => {
    const question = questions.get(row.question);
    const scores = labels.map((by) => by.get(row.id)).filter((score) => score !== undefined);
    if (!question || scores.length !== labels.length) return [];
    const label = scores.reduce((sum, score) => sum + score, 0) / scores.length / 4;
    const { answer, kind } = row;
    return [{ set: nameOf(set), use: set.use, isOfBank: !own, question, answer, label, kind }];
  });
}

/** The questions of a set that does not answer the bank's. */
function ownQuestionsOf(folder: string): Questions | undefined {
  const file = `${folder}questions.yaml`;
  if (!existsSync(file)) return undefined;
  const own = ownQuestions.parse(parse(readFileSync(file, 'utf8')));
  return new Map(own.map(({ question, ...rest }) => [rest.id, { prompt: question, ...rest }]));
}

function jsonLines<S extends z.ZodType>(file: string, schema: S): z.output<S>[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => schema.parse(JSON.parse(line)));
}

function readExam(): LabelledAnswer[] {
  const file = `${GRADING_FOLDER}digiklausur.jsonl`;
  if (!existsSync(file)) return [];
  const [first, ...rest] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const { max } = exam.note.parse(first);
  const questions = new Map<string, GradedQuestion>();
  return rest.flatMap((line): LabelledAnswer[] => {
    const question = exam.question.safeParse(line);
    if (question.success) {
      questions.set(question.data.id, { prompt: question.data.question, ...question.data });
      return [];
    }
    const { of, score, answer } = exam.answer.parse(line);
    const known = questions.get(of);
    return known
      ? [
          {
            set: 'digiklausur',
            use: 'fitting',
            isOfBank: false,
            question: known,
            answer,
            label: score / max,
            kind: 'exam',
          },
        ]
      : [];
  });
}
