import type { GradedQuestion } from '../../core/interview/grading/types.ts';
import type { SpokenQuestion } from '../../core/questions/schema.ts';

/** So much of a question's wordings a team writes for its own: of a point, and of a red flag. */
const FEW = { point: 4, flag: 2 };

/** The bank's questions as a team writes its own, by the question; others are unknown. */
export function teamsOwn(
  bank: readonly SpokenQuestion[],
): (question: GradedQuestion) => GradedQuestion | undefined {
  const own = new Map(bank.map((question) => [question.prompt, asTeamsOwn(question)]));
  return ({ prompt }) => own.get(prompt);
}

/** A question as a team writes its own: few right wordings, no false ones. */
export function asTeamsOwn(question: GradedQuestion): GradedQuestion {
  return {
    ...question,
    keyPoints: question.keyPoints.map(({ wrong: _, ...point }) => ({
      ...point,
      phrasings: point.phrasings?.slice(0, FEW.point),
    })),
    redFlags: question.redFlags?.map((flag) => ({
      ...flag,
      phrasings: flag.phrasings?.slice(0, FEW.flag),
    })),
  };
}

/**
 * A question as the bank knows it besides what somebody else says of it: when it begins with a prompt of the bank, the false
 * wordings of points with the bank's ids, the code and its faulty line.
 */
export function withBank(
  question: GradedQuestion,
  bank: ReadonlyMap<string, SpokenQuestion>,
): GradedQuestion {
  const known = bank.get(plain(question.prompt.split('\n\n')[0] ?? ''));
  if (!known) return question;
  const wrong = new Map(known.keyPoints.map((point) => [point.id, point.wrong]));
  const keyPoints = question.keyPoints.map((point) => ({ wrong: wrong.get(point.id), ...point }));
  return { ...known, ...question, keyPoints };
}

/** Questions by their prompt without its line breaks. */
export function byPrompt(bank: readonly SpokenQuestion[]): Map<string, SpokenQuestion> {
  return new Map(bank.map((question) => [plain(question.prompt), question]));
}

const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
