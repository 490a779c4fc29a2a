import { type ItemReport, priceOfHints } from '../../core/interview/item-report.ts';
import { LEVELS, levelOf } from '../../core/interview/levels.ts';
import type { Gap, Reason, UpwardReason } from '../../core/interview/score-explanation.ts';
import { percent } from './cards.ts';

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
export function formatLevel(item: Pick<ItemReport, 'hints' | 'score'>): string {
  const cost = hintCost(item);
  return `${LEVELS[levelOf(item.score)]}${cost ? ` (${cost})` : ''}`;
}

/** Where the score is lower than the marks suggest. */
const BELOW: Record<Reason, string> = {
  'own-word': 'What is marked by your own word moves no score.',
  weights: 'What was not recognised weighs more than what was.',
  doubt: 'Some of this was recognised with doubt, and doubt is rounded down.',
  late: 'What only a follow-up brought counts half.',
  list: 'The first answer was a list of terms, and what only a follow-up brought counts half.',
  claim: 'A wrong claim cost part of the score.',
  required:
    'The first answer left out a required point, and without it an answer is at most partly there.',
  half: 'A first answer with less than half of what was asked for is a start, and no more.',
  'three-quarters':
    'A first answer with less than three quarters of what was asked for is partly there, and no more.',
  opposite: 'What sounded like the opposite took off as well.',
};

/** Where it is higher. */
const ABOVE: Record<UpwardReason, string> = {
  weights: 'What was recognised weighs more than the rest.',
  doubt: 'Some points were nearer than their marks show, and count in part.',
  late: 'What you answered to a follow-up counts as well.',
};

/** Why the marks of a question suggest another level than its score has, in one sentence. */
export const gapWords = (gap: Gap): string => (gap.isBelow ? BELOW[gap.reason] : ABOVE[gap.reason]);
