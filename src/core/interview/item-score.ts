import { PARTLY } from '../grading/levels.ts';
import { WITHOUT_REQUIRED } from '../grading/score.ts';
import type { Grade } from '../grading/types.ts';
import type { SpokenQuestion } from '../questions/schema.ts';
import { claimIdOf } from './claims.ts';
import { pointsSoFar } from './probe.ts';
import type { Item } from './state.ts';

/** What a wrong claim in the answers to follow-ups costs. */
const LATE_CLAIM = 0.1;

/** A person's own word on what was found: points they made, points they did not, and claims they never made, by id. */
export type OwnMarks = Record<'said' | 'takenBack' | 'denied', ReadonlySet<string>>;

const NO_MARKS: OwnMarks = { said: new Set(), takenBack: new Set(), denied: new Set() };

/** What the score of a question is made of, before the price of hints. */
export type ItemScore = {
  /** What wrong claims in all answers took. */
  taken: number;
  /** The required points without which it stays at "partly there". */
  cappedBy: string[];
  /** 0 to 1. */
  total: number;
};

/**
 * The first answer's grade, raised by all that the follow-ups brought; they count in full.
 *
 * @param marks With them, what it would be by the person's own word.
 */
export function itemScore(item: Item, question: SpokenQuestion, marks = NO_MARKS): ItemScore {
  const [first, ...later] = item.exchanges;
  const grade = first?.grade;
  const found = grade?.found ?? grade?.score ?? 0;
  const best = pointsSoFar(item);
  const firstCredits = new Map(grade?.points.map(({ id, credit }) => [id, credit]) ?? []);
  const creditOf = (id: string): number => {
    if (marks.said.has(id)) return 1;
    if (marks.takenBack.has(id) || best.get(id)?.wasContradicted) return 0;
    return best.get(id)?.credit ?? 0;
  };
  const added = question.keyPoints.reduce(
    (sum, { id, weight }) => sum + weight * (creditOf(id) - (firstCredits.get(id) ?? 0)),
    0,
  );
  const isLateClaim = later.some((exchange) =>
    exchange.grade?.redFlags.some(({ text }) => !marks.denied.has(claimIdOf(question, text))),
  );
  const denied = deniedDeduction(grade, question, marks);
  const taken = Math.max(0, (grade?.deducted ?? 0) - denied) + (isLateClaim ? LATE_CLAIM : 0);
  const before = found + added - taken;
  const lacking = question.keyPoints.filter(
    ({ id, required }) => required && creditOf(id) < PARTLY,
  );
  const isCapped = lacking.length > 0 && before > WITHOUT_REQUIRED;
  return {
    taken,
    cappedBy: isCapped ? lacking.map(({ text }) => text) : [],
    total: Math.max(0, Math.min(isCapped ? WITHOUT_REQUIRED : 1, before)),
  };
}

/** What claims took that the person says they never made. */
function deniedDeduction(
  grade: Grade | undefined,
  question: SpokenQuestion,
  { denied }: OwnMarks,
): number {
  const read = new Set(grade?.redFlags.map(({ text }) => text));
  return question.redFlags
    .filter(({ text }) => read.has(text) && denied.has(claimIdOf(question, text)))
    .reduce((sum, { deduct }) => sum + deduct, 0);
}
