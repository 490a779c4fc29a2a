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
  return `${LEVELS[levelOf(item.score)]}, ${percent(item.score)}${cost ? ` (${cost})` : ''}`;
}

/** What keeps a score below the share of the points that were found, a sentence each. */
export function limitWords({
  taken = 0,
  cappedBy = [],
}: Partial<Pick<ItemReport, 'taken' | 'cappedBy'>>): string[] {
  return [
    ...cappedBy.map((text) => `It can't rate above ${LEVELS[2]} without this point: ${text}`),
    ...(taken > 0 ? [`Incorrect claims took off ${percent(taken)}.`] : []),
  ];
}
