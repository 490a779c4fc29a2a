import { type ItemReport, priceOfHints } from '../../core/interview/item-report.ts';
import { LEVELS, levelOf } from '../../core/interview/levels.ts';
import type { Gap, Reason, UpwardReason } from '../../core/interview/score-explanation.ts';
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
  return `${LEVELS[levelOf(item.score)]}${cost ? ` (${cost})` : ''}`;
}

/** Where the score is lower than the marks suggest. */
const BELOW: Record<Reason, string> = {
  'own-word': "Points you marked yourself don't change your score.",
  weights: 'The points not found carry more weight than the ones found.',
  doubt: 'Some matches were uncertain, so they earned less credit.',
  late: 'Points you added in a follow-up count half.',
  list: 'Your first answer was a list of terms, and points you added in a follow-up count half.',
  claim: 'An incorrect claim lowered your score.',
  required: "Your first answer missed a required point, so it can't rate above Partly there.",
  half: "Your first answer covered less than half of what was asked, so it can't rate above Getting started.",
  'three-quarters':
    "Your first answer covered less than 75% of what was asked, so it can't rate above Partly there.",
  opposite: 'Points that sounded like the opposite also lowered your score.',
};

/** Where it is higher. */
const ABOVE: Record<UpwardReason, string> = {
  weights: 'The points found carry more weight than the rest.',
  doubt: 'Some points came closer than their marks show, so they earned partial credit.',
  late: 'Your answers to follow-ups count too.',
};

/** Why the marks of a question suggest another level than its score has, in one sentence. */
export const gapWords = (gap: Gap): string => (gap.isBelow ? BELOW[gap.reason] : ABOVE[gap.reason]);
