import { findEvidence } from '../../src/core/grading/evidence.ts';
import { FEATURES } from '../../src/core/grading/features.ts';
import { type GradingWords, gradeAnswer } from '../../src/core/grading/grade.ts';
import { readPassage } from '../../src/core/grading/passage.ts';
import { type PreparedQuestion, prepareQuestion } from '../../src/core/grading/question.ts';
import type { GradedQuestion } from '../../src/core/grading/types.ts';
import type { Finding } from './rule.ts';

/** A question whose key points can be checked. */
export type LintedQuestion = GradedQuestion & { id: string; chapter?: number };

/** A weakness of a question's key points, in words for its author; shown like every other finding of the bank's lint. */
export type KeyPointProblem = Finding & {
  id: string;
  rule: 'model-answer' | 'question-text' | 'other-answer' | 'own-point' | 'other-point';
};

/**
 * What a sound set of key points reaches. A wording meets its own point from a match of `met` on, and is taken for another
 * one from `metToo` on: two claims of a question share words, and are told apart by the rest of the answer.
 */
const BOUNDS = { model: 0.85, question: 0, other: 0.3, met: 0.75, metToo: 0.98 };

/**
 * Checks key points by grading with them: the model answer must score at least 0.85, the question's
 * own text 0, model answers of the same chapter at most 0.3, and each phrasing must be recognized as its own point and as
 * no other. A neighbor's model answer is only a warning, since two questions of a chapter may truly share a point.
 *
 * @param options.errorsOnly Leaves out the neighbors, which can only warn and take two fifths of the time.
 */
export function lintKeyPoints(
  questions: readonly LintedQuestion[],
  words: GradingWords,
  { errorsOnly = false }: { errorsOnly?: boolean } = {},
): KeyPointProblem[] {
  return questions.flatMap((question) => {
    // Prepared here and let go of at once: to keep the matchers of a whole bank costs more than to build each.
    const prepared = prepareQuestion(question, words);
    const neighbors = errorsOnly
      ? []
      : questions.filter(({ id, chapter }) => id !== question.id && chapter === question.chapter);
    return [
      ...lintModelAnswer(question, prepared, words),
      ...lintPrompt(question, prepared, words),
      ...lintOthers(question, neighbors, prepared, words),
      ...lintPhrasings(question, prepared),
    ];
  });
}

function lintModelAnswer(
  { id, modelAnswer }: LintedQuestion,
  prepared: PreparedQuestion,
  { weights }: GradingWords,
): KeyPointProblem[] {
  if (!modelAnswer) return [];
  const grade = gradeAnswer(prepared, modelAnswer, weights);
  if (grade.score >= BOUNDS.model) return [];
  const weak = grade.points
    .filter(({ verdict }) => verdict !== 'covered')
    .map((point) => `${point.id} (${point.verdict})`);
  const because = [...weak, ...grade.flags].join(', ');
  return [
    {
      level: 'error',
      rule: 'model-answer',
      id,
      path: ['modelAnswer'],
      message: `scores ${grade.score.toFixed(2)}, not ${BOUNDS.model}: ${because}`,
      fix: "add a phrasing in the model answer's words, or say the point there",
    },
  ];
}

function lintPrompt(
  { id, prompt }: LintedQuestion,
  prepared: PreparedQuestion,
  { weights }: GradingWords,
): KeyPointProblem[] {
  const { score } = gradeAnswer(prepared, prompt, weights);
  if (score <= BOUNDS.question) return [];
  return [
    {
      level: 'error',
      rule: 'question-text',
      id,
      path: ['prompt'],
      message: `the question's own text scores ${score.toFixed(2)}, not 0`,
      fix: 'ask without saying a key point',
    },
  ];
}

function lintOthers(
  { id }: LintedQuestion,
  others: readonly LintedQuestion[],
  prepared: PreparedQuestion,
  { weights }: GradingWords,
): KeyPointProblem[] {
  return others.flatMap((other): KeyPointProblem[] => {
    if (!other.modelAnswer) return [];
    const { score, points } = gradeAnswer(prepared, other.modelAnswer, weights);
    if (score <= BOUNDS.other) return [];
    const met = points.filter(({ verdict }) => verdict === 'covered').map((point) => point.id);
    return [
      {
        level: 'warning',
        rule: 'other-answer',
        id,
        path: ['keyPoints'],
        message: `the model answer of ${other.id} scores ${score.toFixed(2)} here, over ${BOUNDS.other}: ${met.join(', ') || 'many points in part'}`,
        fix: 'name what is particular to this question, unless both truly share the point',
      },
    ];
  });
}

function lintPhrasings(
  { id, keyPoints }: LintedQuestion,
  prepared: PreparedQuestion,
): KeyPointProblem[] {
  return keyPoints.flatMap((point, own) =>
    (point.phrasings ?? []).flatMap((phrasing, index): KeyPointProblem[] => {
      const met = matchesOf(phrasing, prepared);
      const place = { level: 'error', id, path: ['keyPoints', own, 'phrasings', index] } as const;
      const problems: KeyPointProblem[] = [];
      if ((met[own] ?? 0) < BOUNDS.met) {
        problems.push({
          ...place,
          rule: 'own-point',
          message: `"${phrasing}" is not recognized as ${point.id}`,
          fix: 'use two or three telling words',
        });
      }
      for (const [other, match] of met.entries()) {
        if (other === own || match < BOUNDS.metToo) continue;
        problems.push({
          ...place,
          rule: 'other-point',
          message: `"${phrasing}" of ${point.id} also covers ${keyPoints[other]?.id}`,
          fix: 'make the two claims differ',
        });
      }
      return problems;
    }),
  );
}

/** How well a text meets the best wording of each point. */
function matchesOf(text: string, question: PreparedQuestion): number[] {
  const passage = readPassage([{ text, pieces: [text] }], question.lexicon);
  return findEvidence(question, passage).map(([best]) =>
    best ? FEATURES.match(best.evidence) : 0,
  );
}
