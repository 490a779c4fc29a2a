import type { GradedQuestion } from '../../src/core/grading/types.ts';
import type { FreeTextQuestion } from '../../src/core/questions/schema.ts';

/**
 * A question as the bank knows it besides what somebody else says of it: when it begins with a prompt of the bank, the false
 * wordings of points with the bank's ids, the code and its faulty line.
 */
export function withBank(
  question: GradedQuestion,
  bank: ReadonlyMap<string, FreeTextQuestion>,
): GradedQuestion {
  const known = bank.get(plain(question.prompt.split('\n\n')[0] ?? ''));
  if (!known) return question;
  const wrong = new Map(known.keyPoints.map((point) => [point.id, point.wrong]));
  const keyPoints = question.keyPoints.map((point) => ({ wrong: wrong.get(point.id), ...point }));
  return { ...known, ...question, keyPoints };
}

/** Questions by their prompt without its line breaks. */
export function byPrompt(bank: readonly FreeTextQuestion[]): Map<string, FreeTextQuestion> {
  return new Map(bank.map((question) => [plain(question.prompt), question]));
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
