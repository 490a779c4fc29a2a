import { gradeAnswer } from '../src/core/grading/grade.ts';
import { prepareQuestion } from '../src/core/grading/question.ts';
import { traceOf } from '../src/core/grading/trace.ts';
import { freeTextBank } from './grading/sets.ts';
import { readGradingWords } from './grading/words.ts';

/** `npm run -s lab grade -- <question> "<answer>"`: the grade of an answer, and how it came about. */
const [id, ...words] = process.argv.slice(2);
const question = freeTextBank().find((each) => each.id === id);
if (!question || words.length === 0) {
  process.stderr.write('grade <id of a question that is answered in words> "<answer>"\n');
  process.exitCode = 1;
} else {
  const grading = readGradingWords();
  const grade = gradeAnswer(prepareQuestion(question, grading), words.join(' '), grading.weights);
  process.stdout.write(`${traceOf(grade)}\n`);
}
