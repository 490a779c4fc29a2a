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

/** The level and share that were found, and beside them what one's own marks would make of it, where they change it. */
export function bothLevels({ score, selfAssessed }: Levels): string {
  const own = ownLevel({ score, selfAssessed });
  return `${levelAndShare(score)}${own ? ` (with your own marks: ${own})` : ''}`;
}

/** The level with one's own marks; undefined where they change nothing. */
export const ownLevel = ({ score, selfAssessed }: Levels): string | undefined =>
  percent(score) === percent(selfAssessed) ? undefined : levelAndShare(selfAssessed);

/** What was found, and that with the person's own marks, each 0 to 1. */
type Levels = Pick<ItemReport, 'score' | 'selfAssessed'>;

const levelAndShare = (score: number) => `${LEVELS[levelOf(score)]}, ${percent(score)}`;

/** What keeps a score below the share of the points that were found, and what one's own marks would make of it. */
export function limitWords({
  taken = 0,
  cappedBy = [],
  score = 0,
  selfAssessed = score,
}: Partial<Pick<ItemReport, 'taken' | 'cappedBy' | 'score' | 'selfAssessed'>>): string[] {
  const own = ownLevel({ score, selfAssessed });
  return [
    ...cappedBy.map((text) => `It can't rate above ${LEVELS[2]} without this point: ${text}`),
    ...(taken > 0 ? [`${percent(taken)} was taken off for what was incorrect.`] : []),
    ...(own ? [`With your own marks: ${own}. Your score stays the same.`] : []),
  ];
}
