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
 * @param input.before What the same person said to the same question before this. It is not graded again, but a short answer
 * is trusted as far as all that was said deserves it, where that is more than it deserves alone.
 * @param input.background Word frequencies of the field (`data/grading/background.json`); without it all words weigh alike.
 */
export function gradeAnswer(input: {
  question: GradedQuestion;
  answer: string;
  lexicon: Lexicon;
  before?: readonly string[] | undefined;
  background?: Background | undefined;
}): Grade {
  const { question, answer, before = [], lexicon, background } = input;
  const matcher = preparedOf(question, lexicon, background);
  const seen = observeAnswer(matcher, answer);
  const alone = gradeOf(matcher, seen);
  if (before.length === 0) return alone;
  const { clues } = observeAnswer(matcher, [...before, answer].join('\n'));
  const together = gradeOf(matcher, { ...seen, clues });
  return together.score > alone.score ? together : alone;
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
