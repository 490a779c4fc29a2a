import { readGradingWords } from '../../lab/grading/words.ts';
import { createOneOf } from '../../src/catalog.ts';
import type { Catalog } from '../../src/core/catalog.ts';
import { createGrader } from '../../src/core/grading/grade.ts';
import type { GradedQuestion } from '../../src/core/grading/types.ts';

const oneOf = createOneOf<GradedQuestion>();
let grader: Catalog['grade'] | undefined;

/** The product's grader with the product's words. */
export const gradeInTests: Catalog['grade'] = (question, answer, before) => {
  grader ??= createGrader(readGradingWords());
  return grader(oneOf(question), answer, before);
};
