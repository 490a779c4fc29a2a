import { isCopied, runsOf } from '../grading/copies.ts';
import { COVERED, PARTLY } from '../grading/levels.ts';
import type { Grade, PointGrade } from '../grading/types.ts';
import type { FreeTextQuestion } from '../questions/schema.ts';
import { hash } from '../random.ts';
import type { Exchange } from './state.ts';

/** The id of what a follow-up asks for, among the key points that its answer is graded by. */
export const EXPECTED = 'follow-up';

/**
 * The question as an answer to it is graded: to a follow-up of the bank belongs, as one more key point, what a right
 * answer to that follow-up says.
 */
export function questionAsked(
  question: FreeTextQuestion,
  { ask, expect }: Pick<Exchange, 'ask' | 'expect'>,
): FreeTextQuestion {
  if (ask === undefined || expect === undefined) return question;
  const weight = Math.max(...question.keyPoints.map((point) => point.weight));
  const parts = expect.split(/[;.]\s+/).filter((part) => part.split(' ').length > 3);
  const index = question.followUps.findIndex((each) => each.ask === ask);
  const own = question.followUps[index]?.phrasings ?? [];
  const phrasings = [...parts, ...usedPhrasings(question.id, index, own)];
  const expected = { id: EXPECTED, text: expect, weight, phrasings };
  return {
    ...question,
    prompt: `${question.prompt}\n${ask}`,
    keyPoints: [...question.keyPoints, expected],
  };
}

/**
 * The wordings that answers to a follow-up are graded by: about half of the bank's, drawn by hash. The others are kept to
 * measure how many right answers nobody built with are recognized.
 */
export function usedPhrasings(
  questionId: string,
  index: number,
  phrasings: readonly string[],
): string[] {
  return phrasings.filter((text) => hash(`${questionId}\n${index}\n${text}`) % 2 === 0);
}

/** An answer to a follow-up is a figure or a line of code, with a few words around it, up to so many words. */
const BRIEF = 30;

const FIGURE_OR_CODE = /\d|[=()[\]{}]/;

/**
 * The grade of an answer to a follow-up, from its grade as an answer to the question. A brief answer in figures or code is no
 * copy because the question shows them too: it is read against the words of the follow-up alone.
 */
export function followUpGrade(grade: Grade, { question, exchange, read }: FollowUpRead): Grade {
  const { ask, answer = '' } = exchange;
  if (ask === undefined) return grade;
  const asked = questionAsked(question, exchange);
  const again = isFalseCopy(grade, exchange, question) && read({ ...asked, prompt: ask }, answer);
  return again && !again.flags.includes('copy') ? again : grade;
}

/** An answer to a follow-up, and how to read it again. */
export type FollowUpRead = {
  question: FreeTextQuestion;
  exchange: Exchange;
  read: (question: FreeTextQuestion, answer: string) => Grade;
};

function isFalseCopy(
  { flags }: Grade,
  { ask = '', answer = '' }: Exchange,
  { prompt }: FreeTextQuestion,
): boolean {
  const isBrief = FIGURE_OR_CODE.test(answer) && answer.trim().split(/\s+/).length <= BRIEF;
  return flags.includes('copy') && isBrief && !isCopied(answer, runsOf(`${prompt}\n${ask}`));
}

/** How far an answer to a follow-up brought what it asked for; the grader may be unsure. */
export type Brought = 'all' | 'part' | 'unsure' | 'nothing';

/**
 * What an answer to a follow-up brought. A hint leads to more than the point that it was chosen for: whichever was not
 * there before is what it asked for too.
 *
 * @param before The exchanges of the same question before it.
 */
export function broughtBy(exchange: Exchange, before: readonly Exchange[]): Brought {
  const { grade, point, expect } = exchange;
  if (!grade) return 'nothing';
  const credits = creditsOf(before);
  const isNew = ({ id, credit }: PointGrade) =>
    credit >= COVERED && (credits.get(id) ?? 0) < COVERED;
  const asked = grade.points.filter(({ id }) => id === point || id === EXPECTED);
  if (asked.some(({ credit }) => credit >= COVERED)) return 'all';
  if (expect === undefined && grade.points.some(isNew)) return 'all';
  if (asked.some(({ id, credit }) => credit >= PARTLY && credit > (credits.get(id) ?? 0)))
    return 'part';
  return asked.some(({ unsure }) => unsure) ? 'unsure' : 'nothing';
}

function creditsOf(exchanges: readonly Exchange[]): Map<string, number> {
  const credits = new Map<string, number>();
  for (const { grade } of exchanges)
    for (const { id, credit } of grade?.points ?? [])
      credits.set(id, Math.max(credits.get(id) ?? 0, credit));
  return credits;
}
