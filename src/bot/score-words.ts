import { type ItemReport, priceOfHints } from '../core/interview/item-report.ts';
import { LEVELS, levelOf } from '../core/interview/levels.ts';
import { percent } from './interview-cards.ts';

const COUNTS = ['no', 'one', 'two', 'three'] as const;

/** What hints took off a question that earned anything: "three hints took 60 %". */
export function hintCost({
  hints,
  score,
}: Pick<ItemReport, 'hints' | 'score'>): string | undefined {
  if (hints === 0 || score === 0) return undefined;
  const count = COUNTS[hints] ?? String(hints);
  return `${count} ${hints === 1 ? 'hint' : 'hints'} took ${percent(priceOfHints(hints))}`;
}

/** The level of a question, and what hints took of it. */
export function levelWords(item: Pick<ItemReport, 'hints' | 'score'>): string {
  const cost = hintCost(item);
  return `${LEVELS[levelOf(item.score)]}${cost ? ` (${cost})` : ''}`;
}
