import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Catalog } from '../../src/core/catalog.ts';
import { gradeAnswer } from '../../src/core/interview/grade.ts';
import { backgroundSchema, loadBackground } from '../../src/core/interview/grading/background.ts';
import {
  compileLexicon,
  lexiconSchema,
  thesaurusSchema,
} from '../../src/core/interview/grading/lexicon.ts';

const file = (name: string) => readFileSync(new URL(`../../data/${name}`, import.meta.url), 'utf8');
const read = () => ({
  lexicon: compileLexicon(
    lexiconSchema.parse(parse(file('lexicon.yaml'))),
    thesaurusSchema.parse(JSON.parse(file('thesaurus.json'))),
  ),
  background: loadBackground(backgroundSchema.parse(JSON.parse(file('grading/background.json')))),
});

let words: ReturnType<typeof read> | undefined;

/** The product's grader with the product's words. */
export const gradeInTests: Catalog['grade'] = (question, answer) => {
  words ??= read();
  return gradeAnswer({ question, answer, ...words });
};
