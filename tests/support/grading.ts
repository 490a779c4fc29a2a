import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Catalog } from '../../src/core/catalog.ts';
import { gradeAnswer } from '../../src/core/interview/grade.ts';
import {
  compileLexicon,
  type Lexicon,
  lexiconSchema,
} from '../../src/core/interview/grading/lexicon.ts';

let lexicon: Lexicon | undefined;

/** The product's grader with the product's lexicon. */
export const gradeInTests: Catalog['grade'] = (question, answer) => {
  lexicon ??= compileLexicon(
    lexiconSchema.parse(
      parse(readFileSync(new URL('../../data/lexicon.yaml', import.meta.url), 'utf8')),
    ),
  );
  return gradeAnswer({ question, answer, lexicon });
};
