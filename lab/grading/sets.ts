import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import type { GradedQuestion } from '../../src/core/grading/types.ts';
import { readBank } from '../../src/core/questions/read-bank.ts';
import type { FreeTextQuestion } from '../../src/core/questions/schema.ts';
import { DATA } from '../../src/paths.ts';
import { bankFiles } from '../bank-lint/bank-files.ts';
import { isFreeText } from '../bank-lint/rule.ts';
import { asked, withPoints } from './asked.ts';

/** Where the grader's material lies. */
export const GRADING_FOLDER = `${DATA}grading/`;

/** An answer with the label that people gave it, 0 to 1. */
export type LabelledAnswer = {
  /** The row of its set in the tables. */
  set: string;
  /** Whether it serves for fitting, or is not to be read by anybody who works on the grader. */
  use: 'fitting' | 'unseen';
  question: GradedQuestion;
  answer: string;
  label: number;
  kind: string;
  /** One letter a key point: c covered, p partly, m missed, x contradicted. */
  gold?: string;
};

const answer = z.object({
  kind: z.string(),
  label: z.number().min(0).max(4),
  gold: z.string().optional(),
  text: z.string(),
});
/** A YAML file: questions of the bank or of its own, each with its answers. */
const marked = z.array(
  z.union([
    z.object({ bank: z.string(), answers: z.array(answer) }),
    z.object({ id: z.string(), ...asked, answers: z.array(answer) }).transform(withPoints),
  ]),
);
/** A line of a JSONL file: an answer to a question of the bank, with the mean of two labels. */
const labelled = z.object({
  question: z.string(),
  kind: z.string(),
  label: z.number().min(0).max(4),
  answer: z.string(),
});

/** The bank's questions that are answered in words. */
export function freeTextBank(): FreeTextQuestion[] {
  return readBank(bankFiles()).questions.filter(isFreeText);
}

/** Every labelled answer of `data/grading/answers`, a file a set. */
export function readAnswers(): LabelledAnswer[] {
  const bank = new Map<string, GradedQuestion>(freeTextBank().map((each) => [each.id, each]));
  const folder = `${GRADING_FOLDER}answers/`;
  return readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const text = readFileSync(folder + name, 'utf8');
      const set = name.replace(/\.\w+$/, '');
      const use = set.endsWith('unseen') ? 'unseen' : 'fitting';
      const read = name.endsWith('.yaml') ? readMarked(text, bank) : readLines(text, bank);
      return read.map((each): LabelledAnswer => ({ set, use, ...each }));
    });
}

type Read = Omit<LabelledAnswer, 'set' | 'use'>;
type Bank = ReadonlyMap<string, GradedQuestion>;

function readMarked(text: string, bank: Bank): Read[] {
  return marked.parse(parse(text)).flatMap((entry) => {
    const question = 'bank' in entry ? bank.get(entry.bank) : { prompt: entry.question, ...entry };
    if (!question) return [];
    return entry.answers.map(
      ({ kind, label, gold, text: said }): Read => ({
        question,
        answer: said,
        label: label / 4,
        kind,
        ...(gold === undefined ? {} : { gold }),
      }),
    );
  });
}

function readLines(text: string, bank: Bank): Read[] {
  return text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const { question: id, label, ...rest } = labelled.parse(JSON.parse(line));
      const question = bank.get(id);
      return question ? [{ ...rest, question, label: label / 4 }] : [];
    });
}
