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

/** What keeps a score below the share of the points that were found, and what one's own marks would make of it. */
export function limitWords({
  taken = 0,
  cappedBy = [],
  score = 0,
  selfAssessed = score,
}: Partial<Pick<ItemReport, 'taken' | 'cappedBy' | 'score' | 'selfAssessed'>>): string[] {
  return [
    ...cappedBy.map((text) => `It can't rate above ${LEVELS[2]} without this point: ${text}`),
    ...(taken > 0 ? [`${percent(taken)} was taken off for what was incorrect.`] : []),
    ...(percent(score) === percent(selfAssessed)
      ? []
      : [
          `With your own marks: ${LEVELS[levelOf(selfAssessed)]}, ${percent(selfAssessed)}. Your score stays the same.`,
        ]),
  ];
}
