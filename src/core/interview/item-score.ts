import { PARTLY } from '../grading/levels.ts';
import { WITHOUT_REQUIRED } from '../grading/score.ts';
import type { FreeTextQuestion } from '../questions/schema.ts';
import { pointsSoFar } from './probe.ts';
import type { Item } from './state.ts';

/** What the score of a question is made of, before the price of hints. */
export type ItemScore = {
  /** The required points without which it stays at "partly there". */
  cappedBy: string[];
  /** 0 to 1. */
  total: number;
};

/** The share of the weight that was heard in all answers to a question; a point that its owner marked was heard in full. */
export function itemScore(item: Item, { keyPoints }: FreeTextQuestion): ItemScore {
  const best = pointsSoFar(item);
  const creditOf = (id: string) => (item.marked.includes(id) ? 1 : (best.get(id)?.credit ?? 0));
  const heard = keyPoints.reduce((sum, { id, weight }) => sum + weight * creditOf(id), 0);
  const lacking = keyPoints.filter(({ id, required }) => required && creditOf(id) < PARTLY);
  const isCapped = lacking.length > 0 && heard > WITHOUT_REQUIRED;
  return {
    cappedBy: isCapped ? lacking.map(({ text }) => text) : [],
    total: Math.min(isCapped ? WITHOUT_REQUIRED : 1, heard),
  };
}
