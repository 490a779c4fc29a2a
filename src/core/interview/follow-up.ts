import type { SpokenQuestion } from '../questions/schema.ts';
import { isCopied, runsOf } from './grading/copies.ts';
import type { Grade } from './grading/types.ts';
import type { Exchange } from './state.ts';

/** The id of what a follow-up asks for, among the key points that its answer is graded by. */
export const EXPECTED = 'follow-up';

/**
 * The question as an answer to it is graded: to a follow-up of the bank belongs, as one more key point, what a right
 * answer to that follow-up says.
 */
export function questionAsked(
  question: SpokenQuestion,
  { ask, expect }: Pick<Exchange, 'ask' | 'expect'>,
): SpokenQuestion {
  if (ask === undefined || expect === undefined) return question;
  const weight = Math.max(...question.keyPoints.map((point) => point.weight));
  const phrasings = expect.split(/[;.]\s+/).filter((part) => part.split(' ').length > 3);
  const expected = { id: EXPECTED, text: expect, weight, phrasings };
  return {
    ...question,
    prompt: `${question.prompt}\n${ask}`,
    keyPoints: [...question.keyPoints, expected],
  };
}

/** How far an answer to a follow-up brought what it asked for, 0 to 1. */
export function reached({ grade, point }: Pick<Exchange, 'grade' | 'point'>): number {
  const credits = (grade?.points ?? [])
    .filter(({ id }) => id === point || id === EXPECTED)
    .map(({ credit }) => credit);
  return Math.max(0, ...credits);
}

/** An answer to a follow-up is a figure or a line of code, with a few words around it, up to so many words. */
const BRIEF = 30;

const FIGURE_OR_CODE = /\d|[=()[\]{}]/;

/**
 * The grade of an answer to a follow-up, from its grade as an answer to the question. A brief answer in figures or code is
 * no copy because the question shows them too: it is read again against the words of the follow-up alone.
 *
 * @param read The grader; what was said before goes with the answer.
 */
export function followUpGrade(grade: Grade, { question, exchange, read }: FollowUpRead): Grade {
  const { ask, answer = '' } = exchange;
  if (ask === undefined || !grade.flags.includes('copy') || !isBrief(answer)) return grade;
  const full = questionAsked(question, exchange);
  if (isCopied(answer, runsOf(`${question.prompt}\n${ask}`))) return grade;
  const again = read({ ...full, prompt: ask }, answer);
  return again.flags.includes('copy') ? grade : again;
}

type FollowUpRead = {
  question: SpokenQuestion;
  exchange: Exchange;
  read: (question: SpokenQuestion, answer: string) => Grade;
};

function isBrief(answer: string): boolean {
  return FIGURE_OR_CODE.test(answer) && answer.trim().split(/\s+/).length <= BRIEF;
}
