import { readWords } from '../../src/catalog.ts';
import { type GradingWords, openWords } from '../../src/core/grading/grade.ts';

/** All that the grader works with, as it is in `data/` now. */
export const readGradingWords = (): GradingWords => openWords(readWords());
