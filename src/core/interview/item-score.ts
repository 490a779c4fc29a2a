import type { SpokenQuestion } from '../questions/schema.ts';
import { reached } from './follow-up.ts';
import { pointsSoFar } from './probe.ts';
import type { Item } from './state.ts';

/** What a follow-up adds counts this much of what the first answer would have earned with it. */
const LATE_SHARE = 0.5;

/** What a wrong claim in the answers to follow-ups costs. */
const LATE_CLAIM = 0.1;

/** What the score of a question is made of, before the price of hints. */
export type ItemScore = {
  /** The first answer's grade. */
  base: number;
  /** What the follow-ups added. */
  added: number;
  /** What wrong claims in the answers to follow-ups took. */
  taken: number;
  /** 0 to 1. */
  total: number;
};

/** The first answer's grade, raised by what the follow-ups added. */
export function itemScore(item: Item, question: SpokenQuestion): ItemScore {
  const [first, ...later] = item.exchanges;
  const base = first?.grade?.score ?? 0;
  const best = pointsSoFar(item);
  const firstCredits = new Map(first?.grade?.points.map(({ id, credit }) => [id, credit]) ?? []);
  const pushed = new Map(later.map((exchange) => [exchange.point, reached(exchange)]));
  const more = question.keyPoints.reduce((sum, { id, weight }) => {
    const now = Math.max(best.get(id)?.credit ?? 0, pushed.get(id) ?? 0);
    return sum + weight * Math.max(0, now - (firstCredits.get(id) ?? 0));
  }, 0);
  const added = more * LATE_SHARE;
  const taken = later.some(({ grade }) => (grade?.redFlags.length ?? 0) > 0) ? LATE_CLAIM : 0;
  return { base, added, taken, total: base + added - taken };
}
