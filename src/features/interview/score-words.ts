import { LEVELS, levelOf } from '../../core/grading/levels.ts';
import { type ItemReport, priceOfHints } from '../../core/interview/item-report.ts';
import { percent } from './cards.ts';

/** What hints took off a question that earned anything: "3 hints, −60%". */
export function hintCost({
  hints,
  score,
}: Pick<ItemReport, 'hints' | 'score'>): string | undefined {
  if (hints === 0 || score === 0) return undefined;
  return `${hints} ${hints === 1 ? 'hint' : 'hints'}, −${percent(priceOfHints(hints))}`;
}

/** The level of a question, and what hints took of it. */
export function formatLevel(item: Pick<ItemReport, 'hints' | 'score'>): string {
  const cost = hintCost(item);
  return `${levelAndShare(item.score)}${cost ? ` (${cost})` : ''}`;
}

/** The level and share of a score, 0 to 1. */
export const levelAndShare = (score: number) => `${LEVELS[levelOf(score)]}, ${percent(score)}`;

/** What keeps a score below the share of the points that were heard. */
export const limitWords = (cappedBy: readonly string[] = []): string[] =>
  cappedBy.map((text) => `It can't rate above ${LEVELS[2]} without this point: ${text}`);
