import { createOneOf } from '../../src/catalog.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { gradeAnswer } from '../../src/core/interview/grade.ts';
import type { GradedQuestion } from '../../src/core/interview/grading/types.ts';
import { readBackground, readLexicon } from '../../src/tools/grading/words.ts';

const read = () => ({ lexicon: readLexicon(), background: readBackground() });

const oneOf = createOneOf<GradedQuestion>();
let words: ReturnType<typeof read> | undefined;

/** The product's grader with the product's words. */
export const gradeInTests: Catalog['grade'] = (question, answer) => {
  words ??= read();
  return gradeAnswer({ question: oneOf(question), answer, ...words });
};
