import { parse } from 'yaml';
import { fieldWordsSchema, loadFieldWords } from '../../src/core/grading/field-words.ts';
import type { GradingWords } from '../../src/core/grading/grade.ts';
import { heardSchema } from '../../src/core/grading/heard.ts';
import { weightsSchema } from '../../src/core/grading/score.ts';
import {
  compileLexicon,
  lexiconSchema,
  thesaurusSchema,
} from '../../src/core/grading/text/lexicon.ts';
import { dataFile } from '../bank-lint/bank-files.ts';

const json = (name: string): unknown => JSON.parse(dataFile(name).text);

/** All that the grader works with, as it is in `data/` now. */
export function readGradingWords(): GradingWords {
  return {
    lexicon: compileLexicon(
      lexiconSchema.parse(parse(dataFile('lexicon.yaml').text)),
      thesaurusSchema.parse(json('thesaurus.json')),
    ),
    field: loadFieldWords(fieldWordsSchema.parse(json('grading/field-words.json'))),
    heard: heardSchema.parse(json('grading/heard.json')),
    weights: weightsSchema.parse(json('grading/weights.json')),
  };
}
