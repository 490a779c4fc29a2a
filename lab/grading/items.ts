import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { createGrader, type GradingWords } from '../../src/core/grading/grade.ts';
import type { GradedQuestion } from '../../src/core/grading/types.ts';
import { itemSchema } from './asked.ts';
import { byPrompt, withBank } from './questions.ts';
import { freeTextBank } from './sets.ts';

type Item = { id: string | number; key: string; question: GradedQuestion; answer: string };

/**
 * Grades a file of items to standard output. A line that cannot be read is named on standard error, and the exit code is 1.
 *
 * Writes the grades in the order of the lines; they are made question by question, since few read
 * questions are kept.
 */
export function gradeItems(file: string, words: GradingWords): void {
  const items = readItems(file);
  const grade = createGrader(words);
  const lines = new Map<Item, string>();
  for (const item of [...items].sort((a, b) => a.key.localeCompare(b.key))) {
    const { question, answer } = item;
    const { score, points } = grade(question, answer);
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
  const bank = byPrompt(freeTextBank());
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
