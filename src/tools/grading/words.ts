import { parse } from 'yaml';
import { backgroundSchema, loadBackground } from '../../core/interview/grading/background.ts';
import {
  compileLexicon,
  type Lexicon,
  lexiconSchema,
  thesaurusSchema,
} from '../../core/interview/grading/lexicon.ts';
import { prepareQuestion } from '../../core/interview/grading/prepare.ts';
import type {
  Background,
  GradedQuestion,
  PreparedQuestion,
} from '../../core/interview/grading/types.ts';
import { dataFile } from '../bank-lint/bank-files.ts';

/** The grader's vocabulary, from `data/lexicon.yaml` and `data/thesaurus.json` as they are now. */
export function readLexicon(): Lexicon {
  return compileLexicon(
    lexiconSchema.parse(parse(dataFile('lexicon.yaml').text)),
    thesaurusSchema.parse(JSON.parse(dataFile('thesaurus.json').text)),
  );
}

/** How often the bank uses each word, from `data/grading/background.json`. */
export function readBackground(): Background {
  return loadBackground(
    backgroundSchema.parse(JSON.parse(dataFile('grading/background.json').text)),
  );
}

/** Reads each question once and keeps them all, for tools that go through whole sets in any order. */
export function matchers(
  lexicon: Lexicon,
  backgroundOf: (question: GradedQuestion) => Background,
): (question: GradedQuestion) => PreparedQuestion {
  const known = new Map<GradedQuestion, PreparedQuestion>();
  return (question) => {
    const matcher =
      known.get(question) ?? prepareQuestion(question, lexicon, backgroundOf(question));
    known.set(question, matcher);
    return matcher;
  };
}
