import { createGrader } from '../src/core/grading/grade.ts';
import {
  broughtBy,
  followUpGrade,
  questionAsked,
  usedPhrasings,
} from '../src/core/interview/follow-up.ts';
import type { FreeTextQuestion } from '../src/core/questions/schema.ts';
import { freeTextBank } from './grading/sets.ts';
import { readGradingWords } from './grading/words.ts';

/**
 * `npm run -s lab follow-up-wordings`: how many right answers to follow-ups are recognized, of those that the grader has and of
 * those that nobody built with, and how often the right answer to another follow-up is taken for one. `-- --missed` lists misses.
 */
const grade = createGrader(readGradingWords());

function isRecognized(question: FreeTextQuestion, index: number, answer: string): boolean {
  const asked = question.followUps[index];
  if (!asked) return false;
  const exchange = { ask: asked.ask, expect: asked.expect, answer, depth: 1 };
  const given = grade(questionAsked(question, exchange), answer);
  const read = followUpGrade(given, { question, exchange, read: grade });
  return broughtBy({ ...exchange, grade: read }, []) === 'all';
}

const counts = { known: [0, 0], unseen: [0, 0], other: [0, 0] } satisfies Record<string, number[]>;
const count = (kind: keyof typeof counts, isHeard: boolean) => {
  counts[kind] = [(counts[kind][0] ?? 0) + Number(isHeard), (counts[kind][1] ?? 0) + 1];
};

for (const question of freeTextBank())
  for (const [index, { ask, phrasings = [] }] of question.followUps.entries()) {
    const used = new Set(usedPhrasings(question.id, index, phrasings));
    const next = (index + 1) % question.followUps.length;
    for (const answer of phrasings) {
      const isHeard = isRecognized(question, index, answer);
      count(used.has(answer) ? 'known' : 'unseen', isHeard);
      if (next !== index) count('other', isRecognized(question, next, answer));
      if (!isHeard && process.argv.includes('--missed'))
        process.stdout.write(`${question.id}: ${ask}\n  ${answer}\n`);
    }
  }
for (const [kind, [heard, all]] of Object.entries(counts))
  process.stdout.write(`${kind}: ${heard} of ${all} are recognized\n`);
