import type { AnswerFlag, Grade } from '../grading/types.ts';
import type { Exchange } from './state.ts';

/** Something about the form of an answer that its writer should hear before any key point. */
export type Remark = {
  flag: AnswerFlag;
  /** It is about an answer to a follow-up. */
  isFollowUp: boolean;
  /** Nothing of the answer was recognized. */
  isUnread: boolean;
};

/** The most telling first: an insult is also empty, and a Spanish answer also off the topic. */
const TELLING: readonly AnswerFlag[] = [
  'language',
  'abuse',
  'dont-know',
  'injection',
  'copy',
  'code',
  'empty',
  'keywords',
  'denial',
  'off-topic',
];

/** At most one remark on each answer. */
export function remarksOn(exchanges: readonly Pick<Exchange, 'depth' | 'grade'>[]): Remark[] {
  return exchanges.flatMap(({ depth, grade }) => {
    const flag = TELLING.find((each) => grade?.flags.includes(each));
    if (!grade || !flag) return [];
    return [{ flag, isFollowUp: depth > 0, isUnread: !isRecognized(grade) }];
  });
}

/** Whether the form of all that was said kept everything from being recognized: then no key point is held against it. */
export function isAllUnread(exchanges: readonly Pick<Exchange, 'depth' | 'grade'>[]): boolean {
  const graded = exchanges.filter(({ grade }) => grade);
  const unread = remarksOn(graded).filter(({ isUnread }) => isUnread);
  return graded.length > 0 && unread.length === graded.length;
}

/** Whether there was nothing to grade: no words at all, or no more than "I don't know". */
export function isAllBlank(exchanges: readonly Pick<Exchange, 'grade'>[]): boolean {
  return exchanges.every(
    ({ grade }) =>
      !grade ||
      (!isRecognized(grade) &&
        grade.flags.some((flag) => flag === 'empty' || flag === 'dont-know')),
  );
}

/** What keeps a whole answer from being read. */
export type Unreadable = Extract<AnswerFlag, 'language' | 'abuse' | 'empty'> | 'question' | 'hint';

/**
 * Why an answer is to be given again rather than graded: it asks a question back, or nothing is recognized in it, and it is in another language,
 * abuse, or has no letter and no digit. Undefined for any other answer, also for "I don't know".
 *
 * @param grade Its grade; the points of an answer to a follow-up may have been found in what was said before.
 */
export function unreadable(grade: Grade, answer: string): Unreadable | undefined {
  if (asksBack(answer)) return /\bhint\b/i.test(answer) ? 'hint' : 'question';
  const said = plainWords(answer);
  const own = grade.points.filter(({ evidence }) => said.includes(plainWords(evidence)));
  if (isRecognized({ ...grade, points: own })) return undefined;
  if (said === '') return 'empty';
  if (grade.flags.includes('dont-know')) return undefined;
  return (['language', 'abuse'] as const).find((flag) => grade.flags.includes(flag));
}

/** Somebody asks before they answer: "Batch size one or a loaded server?", "Could you give me a hint?" */
function asksBack(answer: string): boolean {
  const text = answer.trim();
  return /^[^.!?]+\?$/.test(text) && text.split(/\s+/).length <= MOST_ASKED && ASKING.test(text);
}

const MOST_ASKED = 25;
const ASKING =
  /^(?:(?:ok|okay|so|sorry|hm+)[, ]+)?(?:(?:can|could|may|would|do|did|are|should) (?:you|i|we)|what|which|how)\b|\bor\b|\bhint\b/i;

/** Letters and digits alone: a quote may differ in spaces, case and punctuation. */
function plainWords(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function isRecognized({ points }: Grade): boolean {
  return points.some(({ verdict }) => verdict !== 'missed');
}
