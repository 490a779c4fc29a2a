import type { Grade, GradedQuestion } from './grading/types.ts';
import { LEVELS, levelOf } from './report.ts';

/** What is left of an answer that blames another line, or clears the faulty one. */
const LEFT = 0.3;

/**
 * The grade of an answer to a bug item, held to the line that is really wrong: right words about the
 * wrong line are not the answer.
 */
export function holdToLine(
  question: GradedQuestion & { faultLine?: number },
  answer: string,
  grade: Grade,
): Grade {
  const { faultLine } = question;
  if (faultLine === undefined || !missesLine(answer, faultLine)) return grade;
  const score = grade.score * LEFT;
  const level = levelOf(score) as Grade['level'];
  return {
    ...grade,
    score,
    level,
    levelWord: LEVELS[level],
    points: grade.points.map((point) => ({
      ...point,
      credit: point.credit * LEFT,
      verdict: point.verdict === 'contradicted' ? 'contradicted' : 'missed',
      evidence: '',
    })),
  };
}

/** True when lines are named and the faulty one is not among them, or is said to be right. */
function missesLine(answer: string, faultLine: number): boolean {
  const text = answer.toLowerCase();
  const isCleared = new RegExp(
    `\\bline ${faultLine} (?:is|looks|seems) (?:perfectly |quite |all )?(?:right|correct|fine|ok|okay|good)\\b`,
  ).test(text);
  if (isCleared) return true;
  const named = [
    ...text.matchAll(/\b(?:lines?|l)\s*(\d{1,2}(?:\s*(?:,|and|or|&|-|to)\s*\d{1,2})*)/g),
  ].flatMap(([, numbers = '']) =>
    [...numbers.matchAll(/\d{1,2}/g)].map(([number]) => Number(number)),
  );
  return named.length > 0 && !named.includes(faultLine);
}
