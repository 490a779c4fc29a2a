import type { GradedQuestion } from './types.ts';

const LINES = /\b(?:lines?|l)\s*(\d{1,2}(?:\s*(?:,|and|or|&|-|to)\s*\d{1,2})*)/g;
const SOUND = '(?:right|correct|fine|ok|okay|good|harmless|innocent)';
const FAULTY =
  '(?:wrong|faulty|at fault|incorrect|broken|to blame|(?:the |a )?(?:bug|fault|problem|culprit|error|mistake))';
const UNLESS = '(?!\\s*,?\\s*(?:only|if|when|as long|unless|except|but))';

/**
 * The lines that a question about faulty code is after: the one that it declares, or those that its key points name when
 * its text asks for a line.
 */
export function faultLinesOf({ prompt, faultLine, keyPoints }: GradedQuestion): number[] {
  if (faultLine !== undefined) return [faultLine];
  if (!/\bline\b/i.test(prompt)) return [];
  return linesIn(keyPoints.map(({ text }) => text).join('\n'));
}

/** Right words about the wrong line are no answer: true when lines are named and the faulty one is not, or is cleared. */
export function missesLine(answer: string, faultLines: readonly number[]): boolean {
  if (faultLines.length === 0) return false;
  const named = linesIn(answer);
  if (named.length > 0 && !named.some((line) => faultLines.includes(line))) return true;
  const [only, ...more] = faultLines;
  return only !== undefined && more.length === 0 && isCleared(answer.toLowerCase(), only);
}

function isCleared(text: string, line: number): boolean {
  return [
    `\\bline ${line} (?:is|looks|seems|works) (?:\\w+ )?${SOUND}\\b${UNLESS}`,
    `\\bline ${line} (?:isn['’]?t|is not|was not|wasn['’]?t) ${FAULTY}\\b${UNLESS}`,
    `\\b(?:nothing|not anything) (?:is )?wrong (?:with|in) line ${line}\\b`,
    `\\b(?:not|n['’]t) (?:in |at )?line ${line}\\b`,
  ].some((pattern) => new RegExp(pattern).test(text));
}

function linesIn(text: string): number[] {
  return [...text.toLowerCase().matchAll(LINES)].flatMap(([, numbers = '']) =>
    [...numbers.matchAll(/\d{1,2}/g)].map(([number]) => Number(number)),
  );
}
