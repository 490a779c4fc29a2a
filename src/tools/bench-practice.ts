import { runExam } from './practice-proof/exam.ts';
import { examReport } from './practice-proof/report.ts';
import { EXAM, MODELS } from './practice-proof/settings.ts';

/** `npm run bench:practice`: what simulated learners remember at the date of their interview, as docs/practice.md reports it. */
const results = new Map(
  Object.entries(MODELS).map(([name, model]) => [name, runExam(name, model, EXAM)] as const),
);
process.stdout.write(`${examReport(results, EXAM)}\n`);
