import { createOneOf } from '../../src/catalog.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { createGrader } from '../../src/core/grading/grade.ts';
import type { GradedQuestion } from '../../src/core/grading/types.ts';
import { readGradingWords } from '../../src/tools/grading/words.ts';

const oneOf = createOneOf<GradedQuestion>();
let grader: Catalog['grade'] | undefined;

/** The product's grader with the product's words. */
export const gradeInTests: Catalog['grade'] = (question, answer, before) => {
  grader ??= createGrader(readGradingWords());
  return grader(oneOf(question), answer, before);
};
