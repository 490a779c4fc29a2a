import type { SpokenQuestion } from '../questions/schema.ts';

/** A wrong claim by its place in its question: the bank gives it no id. */
export const claimId = (index: number) => `flag-${index + 1}`;

/** The id of a wrong claim of a question, by its text. */
export const claimIdOf = ({ redFlags }: Pick<SpokenQuestion, 'redFlags'>, text: string) =>
  claimId(redFlags.findIndex((flag) => flag.text === text));

/** What follow-ups that were stored before version 0.2 have in front of the text of a claim. */
const BY_TEXT = 'flag ';

/** Whether a follow-up asked about a wrong claim, rather than a key point. */
export const isClaim = (point = '') => /^flag-\d+$/.test(point) || point.startsWith(BY_TEXT);

/** What a follow-up asked about, with a claim by its id. */
export function askedAbout(
  point: string | undefined,
  question: Pick<SpokenQuestion, 'redFlags'>,
): string | undefined {
  return point?.startsWith(BY_TEXT) ? claimIdOf(question, point.slice(BY_TEXT.length)) : point;
}

/** What a follow-up about a sentence in doubt asks for: no key point, and nothing that is surely wrong. */
export const DOUBT = 'doubt';
