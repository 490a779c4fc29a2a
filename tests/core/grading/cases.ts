import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { freeTextBank } from '../../../lab/grading/sets.ts';
import type { FreeTextQuestion } from '../../../src/core/questions/schema.ts';

const answer = z.object({
  kind: z.enum(['half', 'unpunctuated', 'refuting', 'telegram']),
  gold: z.string().regex(/^[cpmx]+$/),
  text: z.string(),
});
/** What a letter of `gold` is worth: found, partly, not found, contradicted. */
const WORTH = new Map([
  ['c', 1],
  ['p', 0.5],
]);

/** A right answer with a verdict by hand, a letter for each key point, and the share of the weight that they make. */
type RightAnswer = z.infer<typeof answer> & { question: FreeTextQuestion; label: number };

/** The bank's questions that are answered in words. */
export const bank = freeTextBank();
const byId = new Map(bank.map((question) => [question.id, question]));

/** All of `cases/answers.yaml`. */
export function readRightAnswers(): RightAnswer[] {
  return z
    .array(z.object({ bank: z.string(), answers: z.array(answer) }))
    .parse(read('answers'))
    .flatMap(({ bank: id, answers }) =>
      answers.map((each) => {
        const question = questionOf(id);
        return { ...each, question, label: labelOf(each.gold, question) };
      }),
    );
}

function labelOf(gold: string, { id, keyPoints }: FreeTextQuestion): number {
  if (gold.length !== keyPoints.length) throw new Error(`${id} has other key points than ${gold}`);
  const all = keyPoints.reduce((sum, { weight }) => sum + weight, 0);
  return keyPoints.reduce(
    (sum, { weight }, i) => sum + ((WORTH.get(gold.charAt(i)) ?? 0) * weight) / all,
    0,
  );
}

function questionOf(id: string): FreeTextQuestion {
  const question = byId.get(id);
  if (!question) throw new Error(`${id} is no question of the bank any more`);
  return question;
}

function read(name: string): unknown {
  return parse(readFileSync(`${import.meta.dirname}/cases/${name}.yaml`, 'utf8'));
}
