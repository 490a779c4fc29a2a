import { PARTLY } from '../grading/levels.ts';
import { WITHOUT_REQUIRED } from '../grading/score.ts';
import type { SpokenQuestion } from '../questions/schema.ts';
import { reached } from './follow-up.ts';
import { pointsSoFar } from './probe.ts';
import type { Item } from './state.ts';

/** What a wrong claim in the answers to follow-ups costs. */
const LATE_CLAIM = 0.1;

/** What the score of a question is made of, before the price of hints. */
export type ItemScore = {
  /** The first answer's grade. */
  base: number;
  /** What the follow-ups added. */
  added: number;
  /** What wrong claims in all answers took. */
  taken: number;
  /** The required points without which it stays at "partly there". */
  cappedBy: string[];
  /** 0 to 1. */
  total: number;
};

/** The first answer's grade, raised by all that the follow-ups brought; they count in full. */
export function itemScore(item: Item, question: SpokenQuestion): ItemScore {
  const [first, ...later] = item.exchanges;
  const grade = first?.grade;
  const found = grade?.found ?? grade?.score ?? 0;
  const best = pointsSoFar(item);
  const firstCredits = new Map(grade?.points.map(({ id, credit }) => [id, credit]) ?? []);
  const pushed = new Map(later.map((exchange) => [exchange.point, reached(exchange)]));
  const creditOf = (id: string) => Math.max(best.get(id)?.credit ?? 0, pushed.get(id) ?? 0);
  const added = question.keyPoints.reduce(
    (sum, { id, weight }) => sum + weight * Math.max(0, creditOf(id) - (firstCredits.get(id) ?? 0)),
    0,
  );
  const isLateClaim = later.some((exchange) => (exchange.grade?.redFlags.length ?? 0) > 0);
  const taken = (grade?.deducted ?? 0) + (isLateClaim ? LATE_CLAIM : 0);
  const before = found + added - taken;
  const lacking = question.keyPoints.filter(
    ({ id, required }) => required && creditOf(id) < PARTLY,
  );
  const isCapped = lacking.length > 0 && before > WITHOUT_REQUIRED;
  return {
    base: grade?.score ?? 0,
    added,
    taken,
    cappedBy: isCapped ? lacking.map(({ text }) => text) : [],
    total: Math.max(0, Math.min(isCapped ? WITHOUT_REQUIRED : 1, before)),
  };
}
