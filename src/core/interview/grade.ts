import type { Lexicon } from './grading/lexicon.ts';
import { observeAnswer } from './grading/observe.ts';
import { prepareQuestion } from './grading/prepare.ts';
import { gradeOf } from './grading/score.ts';
import type { Background, Grade, GradedQuestion, PreparedQuestion } from './grading/types.ts';

const prepared = new WeakMap<GradedQuestion, PreparedQuestion>();

/**
 * Grades an answer in words against the key points of its question, offline and without a model.
 *
 * What the question needs is computed at its first answer and kept as long as the question object lives. Never throws,
 * whatever the answer is.
 *
 * @param input.background Word frequencies of the field (`data/grading/background.json`); without it all words weigh alike.
 */
export function gradeAnswer(input: {
  question: GradedQuestion;
  answer: string;
  lexicon: Lexicon;
  background?: Background | undefined;
}): Grade {
  const { question, answer, lexicon, background } = input;
  const matcher = preparedOf(question, lexicon, background);
  return gradeOf(matcher, observeAnswer(matcher, answer));
}

function preparedOf(
  question: GradedQuestion,
  lexicon: Lexicon,
  background: Background | undefined,
): PreparedQuestion {
  const known = prepared.get(question);
  if (known && known.lexicon === lexicon && known.background === background) return known;
  const fresh = prepareQuestion(question, lexicon, background);
  prepared.set(question, fresh);
  return fresh;
}
