import { createOneOf } from '../../src/catalog.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { createGrader } from '../../src/core/interview/grade.ts';
import type { GradedQuestion } from '../../src/core/interview/grading/types.ts';
import { readBackground, readLexicon } from '../../src/tools/grading/words.ts';

const oneOf = createOneOf<GradedQuestion>();
let grader: Catalog['grade'] | undefined;

/** The product's grader with the product's words. */
export const gradeInTests: Catalog['grade'] = (question, answer) => {
  grader ??= createGrader({ lexicon: readLexicon(), background: readBackground() });
  return grader(oneOf(question), answer);
};
