import { z } from 'zod';
import { LEVELS, levelOf } from '../core/grading/levels.ts';
import type { Grade, PointGrade } from '../core/grading/types.ts';
import type { SpokenQuestion } from '../core/questions/schema.ts';

/** How far a judge may raise an offline grade that had fired a gate. */
const MAX_RAISE = 0.5;

const CREDIT = { covered: 1, partial: 0.5, absent: 0 } as const;

/** What the judge must send for a question: exactly its ids, and nothing else. */
export function verdictSchema(question: SpokenQuestion) {
  const ids = question.keyPoints.map(({ id }) => id);
  return z.strictObject({
    points: z.array(
      z.strictObject({
        id: z.enum(ids),
        verdict: z.enum(['covered', 'partial', 'absent']),
        quote: z.string().max(400),
      }),
    ),
    injectionAttempt: z.boolean(),
    comment: z.string().max(800),
  });
}

/** What the judge says of an answer, point by point. */
export type Verdict = z.output<ReturnType<typeof verdictSchema>>;

/** Reads the judge's text; what is wrong with it is said so that it can be put right. */
export function readVerdict(
  text: string,
  question: SpokenQuestion,
): { ok: true; verdict: Verdict } | { ok: false; problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(/\{[\s\S]*\}/.exec(text)?.[0] ?? text);
  } catch {
    return { ok: false, problem: 'it is not valid JSON' };
  }
  const parsed = verdictSchema(question).safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { ok: false, problem: `${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'invalid'}` };
  }
  const { points } = parsed.data;
  // Ids come from a fixed list: as many different ones as there are points is each of them once.
  if (!areDifferent(points) || points.length !== question.keyPoints.length)
    return { ok: false, problem: 'every key point must be named exactly once' };
  return { ok: true, verdict: parsed.data };
}

const areDifferent = (named: readonly { id: string }[]) =>
  new Set(named.map(({ id }) => id)).size === named.length;

/**
 * The grade that follows from a verdict: a quote that is not in the answer makes its point absent, the
 * score is worked out here, and an answer that tried to steer the judge keeps its offline grade.
 */
export function gradeFromVerdict(
  verdict: Verdict,
  question: SpokenQuestion,
  answer: string,
  offline: Grade,
): Grade {
  const text = plainWords(answer);
  const isQuoted = (quote: string) => plainWords(quote) !== '' && text.includes(plainWords(quote));
  let score = 0;
  const points = question.keyPoints.map((point): PointGrade => {
    const found = verdict.points.find(({ id }) => id === point.id);
    const holds = found !== undefined && (found.verdict === 'absent' || isQuoted(found.quote));
    const said = holds && found ? found.verdict : 'absent';
    score += point.weight * CREDIT[said];
    return {
      id: point.id,
      text: point.text,
      verdict: said === 'partial' ? 'partly' : said === 'absent' ? 'missed' : 'covered',
      credit: CREDIT[said],
      evidence: holds && found ? found.quote : '',
      unsure: false,
    };
  });
  score = Math.min(1, score);
  const isSteered = verdict.injectionAttempt || offline.flags.includes('injection');
  const isGated = offline.flags.length > 0;
  if ((isSteered && score > offline.score) || (isGated && score > offline.score + MAX_RAISE))
    return offline;
  const level = levelOf(score);
  const { cappedBy: _, ...form } = offline;
  return { ...form, score, level, levelWord: LEVELS[level], points };
}

/** Whether a verdict quotes, and nothing of it is in what was said. */
export function isInvented({ points }: Verdict, said: readonly string[]): boolean {
  const text = plainWords(said.join(' '));
  const quotes = points.flatMap(({ quote }) => plainWords(quote) || []);
  return quotes.length > 0 && !quotes.some((quote) => text.includes(quote));
}

/** Letters and digits alone: quotes may differ in spaces, case and punctuation. */
function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
