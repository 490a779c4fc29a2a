import type { Lexicon } from './grading/lexicon.ts';
import { type Observation, observeAnswer, type PointObservation } from './grading/observe.ts';
import { prepareQuestion } from './grading/prepare.ts';
import { creditOf, gradeOf, type Scoring, scoringOf } from './grading/score.ts';
import type { Background, Grade, GradedQuestion, PreparedQuestion } from './grading/types.ts';

/** A question that was read takes about 1.4 MB: so many are kept, those that were answered last. */
const KEPT = 24;

/** What answers are graded with. */
export type GradingWords = {
  lexicon: Lexicon;
  /** Word frequencies of the field (`data/grading/background.json`); without it all words weigh alike. */
  background?: Background | undefined;
};

/**
 * A grader with words of its own. What it needs of a question is computed at the first answer to it (some 80 ms) and kept
 * by this grader while the question is among those answered last.
 */
export function createGrader(words: GradingWords) {
  const prepared = new Map<GradedQuestion, PreparedQuestion>();

  function preparedOf(question: GradedQuestion): PreparedQuestion {
    const matcher =
      prepared.get(question) ?? prepareQuestion(question, words.lexicon, words.background);
    // A map keeps the order in which it was filled: the first key is the one that was asked for longest ago.
    prepared.delete(question);
    prepared.set(question, matcher);
    const [oldest] = prepared.keys();
    if (prepared.size > KEPT && oldest) prepared.delete(oldest);
    return matcher;
  }

  return (question: GradedQuestion, answer: string, before?: readonly string[]): Grade =>
    gradeAnswer(preparedOf(question), answer, before);
}

/**
 * Grades an answer in words against the key points of its question, offline and without a model. Never throws, whatever
 * the answer is.
 *
 * @param before What the same person said to the same question before this. Red flags and the form are looked for in the
 * answer alone, but its points in all that was said, where that does them more good.
 */
function gradeAnswer(
  matcher: PreparedQuestion,
  answer: string,
  before: readonly string[] = [],
): Grade {
  const seen = observeAnswer(matcher, answer);
  const alone = gradeOf(matcher, seen);
  if (before.length === 0) return alone;
  const all = observeAnswer(matcher, [...before, answer].join('\n'));
  const together = gradeOf(matcher, inContext(seen, all, scoringOf(matcher)));
  return together.score > alone.score ? together : alone;
}

/** An answer with the points of all that was said, but for those that it makes better by itself. */
function inContext(
  own: Observation,
  { points, clues }: Observation,
  scoring: Scoring,
): Observation {
  const credit = (point: PointObservation) => creditOf(point, clues, scoring);
  const better = points.map((point, i) => {
    const now = own.points[i];
    return now && credit(now) >= credit(point) ? now : point;
  });
  return { ...own, points: better, clues };
}
