import { createGrader } from '../src/core/grading/grade.ts';
import {
  broughtBy,
  followUpGrade,
  questionAsked,
  usedPhrasings,
} from '../src/core/interview/follow-up.ts';
import { spokenBank } from './grading/sets.ts';
import { readGradingWords } from './grading/words.ts';

/** `npm run -s lab follow-up-wordings`: how many right answers to follow-ups are recognized, of those nobody built with. */
const grade = createGrader(readGradingWords());
let [recognized, all] = [0, 0];
for (const question of spokenBank())
  for (const [index, { ask, expect, phrasings = [] }] of question.followUps.entries()) {
    const used = new Set(usedPhrasings(question.id, index, phrasings));
    for (const answer of phrasings.filter((each) => !used.has(each))) {
      const exchange = { ask, expect, answer, depth: 1 };
      const given = grade(questionAsked(question, exchange), answer);
      const read = followUpGrade(given, { question, exchange, read: grade });
      all += 1;
      if (broughtBy({ ...exchange, grade: read }, []) === 'all') recognized += 1;
      else if (process.argv.includes('--missed'))
        process.stdout.write(`${question.id}: ${ask}\n  ${answer}\n`);
    }
  }
process.stdout.write(`${recognized} of ${all} right answers to follow-ups are recognized\n`);
