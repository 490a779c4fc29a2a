import { z } from 'zod';
import { COVERED, LEVELS, levelOf, PARTLY } from '../core/grading/levels.ts';
import { verdictOf, WITHOUT_REQUIRED } from '../core/grading/score.ts';
import type { Grade, PointGrade } from '../core/grading/types.ts';
import type { AskedNext, WrongClaim } from '../core/interview/examiner.ts';
import type { FreeTextQuestion } from '../core/questions/schema.ts';
import { isAbout, isQuoted } from './evidence.ts';
import { isSafeToSay } from './leak.ts';
import { readJson } from './read-json.ts';

const CREDIT = { heard: 1, partly: 0.5, not: 0 } as const;

/** Further than this from the built-in grader's score, the examiner doesn't decide. */
export const FAR = 0.3;

const MOST_WRONG = 2;
const LONGEST_SENTENCE = 300;

/** What the examiner is asked for, where an endpoint can be held to it; lengths are checked here. */
export function verdictSchema(question: FreeTextQuestion) {
  const id = z.enum(question.keyPoints.map((point) => point.id));
  return z.strictObject({
    points: z.array(
      z.strictObject({ id, verdict: z.enum(['heard', 'partly', 'not']), quote: z.string() }),
    ),
    wrong: z.array(z.strictObject({ quote: z.string(), why: z.string(), correct: z.string() })),
    followUp: z.strictObject({ about: z.string(), ask: z.string() }),
  });
}

type Verdict = z.output<ReturnType<typeof verdictSchema>>;

/** What is of use in the examiner's text: parts that are missing or of another form are left out. Undefined without any verdict. */
export function readVerdict(text: string, question: FreeTextQuestion): Verdict | undefined {
  const { points, wrong, followUp } = verdictSchema(question).shape;
  const each = <T extends z.ZodType>(schema: T) =>
    z
      .array(z.unknown())
      .catch([])
      .transform((list) =>
        list.flatMap((item) => {
          const read = schema.safeParse(item);
          return read.success ? [read.data] : [];
        }),
      );
  const read = z
    .object({
      points: each(points.element),
      wrong: each(wrong.element),
      followUp: followUp.catch({ about: '', ask: '' }),
    })
    .safeParse(readJson(text));
  return read.success && read.data.points.length > 0 ? read.data : undefined;
}

/** What verdicts are held against. */
export type Held = {
  question: FreeTextQuestion;
  answer: string;
  offline: Grade;
  /** Something of the answer was meant for the examiner. */
  isOnGrading: boolean;
  mayDecide: boolean;
};

/** A quote that counts for its point. */
const isEvidence = ({ id, quote }: Verdict['points'][number], { question, answer }: Held) =>
  isQuoted(quote, answer) && isAbout(quote, { question, id });

/** Quotes that are not in the answer, or have nothing to do with their point. */
export function inventedIn({ points }: Verdict, held: Held): string[] {
  return points.flatMap((point) =>
    point.verdict !== 'not' && !isEvidence(point, held) ? [point.quote] : [],
  );
}

/**
 * The grade by the examiner's verdicts, the newest first; a point without a verdict that holds keeps the built-in grader's.
 * The score is worked out here.
 */
export function gradeFrom(verdicts: readonly Verdict[], held: Held): Grade {
  const { question, offline } = held;
  const points = question.keyPoints.map(({ id, text }): PointGrade => {
    const said = verdicts
      .flatMap((verdict) => verdict.points.filter((point) => point.id === id))
      .find((point) => point.verdict === 'not' || isEvidence(point, held));
    const own = offline.points.find((point) => point.id === id);
    if (!said)
      return own ?? { id, text, verdict: 'missed', credit: 0, evidence: '', unsure: false };
    const credit = CREDIT[said.verdict];
    const evidence = said.verdict === 'not' ? '' : said.quote;
    return { id, text, verdict: verdictOf(credit), credit, evidence, unsure: false };
  });
  const credits = new Map(points.map(({ id, credit }) => [id, credit]));
  const creditOf = (id: string) => credits.get(id) ?? 0;
  const weights = question.keyPoints.reduce((sum, { weight }) => sum + weight, 0);
  const found =
    question.keyPoints.reduce((sum, { id, weight }) => sum + weight * creditOf(id), 0) / weights;
  const lacking = question.keyPoints.filter(
    ({ id, required }) => required && creditOf(id) < PARTLY,
  );
  const isCapped = lacking.length > 0 && found > WITHOUT_REQUIRED;
  const score = isCapped ? WITHOUT_REQUIRED : Math.min(1, found);
  const level = levelOf(score);
  const cappedBy = isCapped ? lacking.map(({ text }) => text) : [];
  return { ...offline, score, level, levelWord: LEVELS[level], points, cappedBy };
}

/**
 * Whether the examiner decides: not where the built-in grader is far from it, and never upwards where an answer spoke of its
 * grading or isn't made of statements.
 */
export function decides(score: number, { offline, isOnGrading }: Held): boolean {
  const isHeldDown = isOnGrading || (offline.gates ?? []).some(({ keeps }) => keeps < 1);
  return Math.abs(score - offline.score) <= FAR && !(isHeldDown && score > offline.score);
}

/** Claims that the examiner takes for wrong, each in words of the answer. */
export function wrongIn({ wrong }: Verdict, answer: string): WrongClaim[] {
  return wrong
    .filter(({ quote, why, correct }) => isQuoted(quote, answer) && why !== '' && correct !== '')
    .filter((claim) => Object.values(claim).every((text) => text.length <= LONGEST_SENTENCE))
    .slice(0, MOST_WRONG);
}

/** The examiner's follow-up, if it is about a point that is missing or something that was said, and gives nothing away. */
export function askedNext(
  { followUp: { about, ask } }: Verdict,
  { question, answer, grade }: { question: FreeTextQuestion; answer: string; grade: Grade },
): AskedNext | undefined {
  if (!ask.endsWith('?') || !isSafeToSay(ask, question)) return undefined;
  const point = grade.points.find(({ id }) => id === about);
  if (point) return point.credit < COVERED ? { ask, point: about } : undefined;
  return isQuoted(about, answer) ? { ask } : undefined;
}
