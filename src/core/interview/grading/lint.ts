import { gradeAnswer } from '../grade.ts';
import type { Lexicon } from './lexicon.ts';
import { matchPoint } from './match.ts';
import { readPassage } from './passage.ts';
import { prepareQuestion } from './prepare.ts';
import { sentences } from './sentences.ts';
import type { Background, GradedQuestion, PreparedQuestion } from './types.ts';

/** A question whose key points can be checked. */
export type LintedQuestion = GradedQuestion & { id: string; chapter?: number };

/** A weakness of a question's key points, in words for its author. */
export type KeyPointProblem = {
  id: string;
  rule:
    | 'model-answer'
    | 'question-text'
    | 'other-answer'
    | 'own-point'
    | 'other-point'
    | 'red-flag';
  text: string;
};

/** What a sound set of key points reaches; `met` is the match from which a wording is taken for a point. */
const BOUNDS = { model: 0.9, question: 0, other: 0.3, met: 0.75 };

/**
 * Checks key points by grading with them: the model answer must score at least 0.9 and raise no red flag, the question's
 * own text 0, model answers of the same chapter at most 0.3, and each phrasing must be recognised as its own point and as
 * no other.
 */
export function lintKeyPoints(
  questions: readonly LintedQuestion[],
  tools: { lexicon: Lexicon; background?: Background | undefined },
): KeyPointProblem[] {
  return questions.flatMap((question) => {
    const neighbours = questions.filter(
      ({ id, chapter }) => id !== question.id && chapter === question.chapter,
    );
    return [
      ...lintModelAnswer(question, tools),
      ...lintPrompt(question, tools),
      ...lintOthers(question, neighbours, tools),
      ...lintPhrasings(question, tools),
    ];
  });
}

type Tools = Parameters<typeof lintKeyPoints>[1];

function lintModelAnswer(question: LintedQuestion, tools: Tools): KeyPointProblem[] {
  const { id, modelAnswer: answer } = question;
  if (!answer) return [];
  const grade = gradeAnswer({ question, answer, ...tools });
  const problems = grade.redFlags.map(
    ({ text, evidence }): KeyPointProblem => ({
      id,
      rule: 'red-flag',
      text: `the model answer raises the red flag "${text}" with "${evidence}". Write the false claim with words that the right answer does not use.`,
    }),
  );
  if (grade.score >= BOUNDS.model) return problems;
  const weak = grade.points
    .filter(({ verdict }) => verdict !== 'covered')
    .map((point) => `${point.id} (${point.verdict})`);
  const because = [...weak, ...grade.flags].join(', ') || 'deductions';
  return [
    ...problems,
    {
      id,
      rule: 'model-answer',
      text: `the model answer scores ${grade.score.toFixed(2)}, not ${BOUNDS.model}: ${because}. Add a phrasing in the model answer's words, or say the point there.`,
    },
  ];
}

function lintPrompt(question: LintedQuestion, tools: Tools): KeyPointProblem[] {
  const { score } = gradeAnswer({ question, answer: question.prompt, ...tools });
  if (score <= BOUNDS.question) return [];
  return [
    {
      id: question.id,
      rule: 'question-text',
      text: `the question's own text scores ${score.toFixed(2)}, not 0.`,
    },
  ];
}

function lintOthers(
  question: LintedQuestion,
  others: readonly LintedQuestion[],
  tools: Tools,
): KeyPointProblem[] {
  return others.flatMap((other): KeyPointProblem[] => {
    if (!other.modelAnswer) return [];
    const { score, points } = gradeAnswer({ question, answer: other.modelAnswer, ...tools });
    if (score <= BOUNDS.other) return [];
    const met = points.filter(({ verdict }) => verdict === 'covered').map((point) => point.id);
    return [
      {
        id: question.id,
        rule: 'other-answer',
        text: `the model answer of ${other.id} scores ${score.toFixed(2)} here, over ${BOUNDS.other}: ${met.join(', ') || 'many points in part'}.`,
      },
    ];
  });
}

function lintPhrasings(
  question: LintedQuestion,
  { lexicon, background }: Tools,
): KeyPointProblem[] {
  const { id } = question;
  const prepared = prepareQuestion(question, lexicon, background);
  return question.keyPoints.flatMap((point, own) =>
    (point.phrasings ?? []).flatMap((phrasing): KeyPointProblem[] => {
      const covered = coveredBy(phrasing, prepared);
      const problems: KeyPointProblem[] = [];
      if (!covered.includes(own)) {
        problems.push({
          id,
          rule: 'own-point',
          text: `"${phrasing}" is not recognised as ${point.id}: use two or three telling words.`,
        });
      }
      for (const other of covered) {
        const name = question.keyPoints[other]?.id;
        if (other === own) continue;
        problems.push({
          id,
          rule: 'other-point',
          text: `"${phrasing}" of ${point.id} also covers ${name}: make the two claims differ.`,
        });
      }
      return problems;
    }),
  );
}

function coveredBy(text: string, question: PreparedQuestion): number[] {
  const passage = readPassage(sentences(text), question);
  return question.points.flatMap(({ phrases }, i) =>
    matchPoint(phrases, passage).raw >= BOUNDS.met ? [i] : [],
  );
}
