import type { Lexicon } from './grading/lexicon.ts';
import { observeAnswer } from './grading/observe.ts';
import { prepareQuestion } from './grading/prepare.ts';
import { gradeOf } from './grading/score.ts';
import type { Background, Grade, GradedQuestion, PreparedQuestion } from './grading/types.ts';

/** A question that was read takes about 1.4 MB: so many are kept, those that were answered last. */
const KEPT = 32;
const prepared = new Map<GradedQuestion, PreparedQuestion>();

/**
 * Grades an answer in words against the key points of its question, offline and without a model.
 *
 * What the question needs is computed at its first answer (some 80 ms) and kept while it is among the questions answered
 * last. Never throws, whatever the answer is.
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
  const isCurrent = known?.lexicon === lexicon && known.background === background;
  const matcher = known && isCurrent ? known : prepareQuestion(question, lexicon, background);
  // A map keeps the order in which it was filled: the first key is the one that was asked for longest ago.
  prepared.delete(question);
  prepared.set(question, matcher);
  const [oldest] = prepared.keys();
  if (prepared.size > KEPT && oldest) prepared.delete(oldest);
  return matcher;
}
