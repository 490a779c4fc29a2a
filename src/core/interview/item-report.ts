import { COVERED, PARTLY } from '../grading/levels.ts';
import type { Verdict } from '../grading/types.ts';
import type { FreeTextQuestion } from '../questions/schema.ts';
import { broughtBy } from './follow-up.ts';
import { itemScore } from './item-score.ts';
import { type PointSoFar, pointsSoFar } from './probe.ts';
import { isAllBlank, isAllUnread, type Remark, remarksOn } from './remarks.ts';
import { type Exchange, HINT_PRICES, type Item, isTried } from './state.ts';

/** What so many hints cost together, as a share of what a question earned. */
export const priceOfHints = (hints: number): number =>
  HINT_PRICES.slice(0, hints).reduce((sum, each) => sum + each, 0);

/** A key point of a question, and how far it was said. */
export type PointReport = {
  id: string;
  text: string;
  /** How a card names it: in a few words, or by its text where it has none. */
  label: string;
  weight: number;
  verdict: Verdict;
  /** Its owner says they made it, and it counts as heard. */
  isMarked: boolean;
  /** It came, or came in part, on a follow-up: the hint was mine. */
  isLate?: boolean;
  evidence: string;
};

/** One question of an interview, scored. */
export type ItemReport = {
  question: FreeTextQuestion;
  round: Item['round'];
  /** See `Planned`. */
  follows?: string;
  isSkipped: boolean;
  /** The interview ended while its answer was awaited: it counts nowhere. */
  isUnanswered: boolean;
  /** 0 to 1, after the price of hints; follow-ups included. */
  score: number;
  hints: number;
  /** The required points without which the score stays at "partly there". */
  cappedBy: string[];
  ms: number;
  points: PointReport[];
  followUps: FollowUpReport[];
  remarks: Remark[];
  /** Known mistakes that the answers touch. */
  mistakes: string[];
  /** What the examiner said beside the grades, answer by answer. */
  beside: (Pick<Exchange, 'opinion' | 'trouble'> & { score: number })[];
  /** Nothing of what was said could be read. */
  isUnread: boolean;
  /** Something was said that could be graded, so that a verdict may be wrong. */
  hasVerdicts: boolean;
};

/** A follow-up of the bank that was asked, what a right answer says, and whether it was recognized. */
export type FollowUpReport = { ask: string; expect: string; isWon: boolean };

/** One question with all that was said to it. */
export function itemReport(item: Item, question: FreeTextQuestion): ItemReport {
  const soFar = pointsSoFar(item);
  const first = pointsSoFar({ exchanges: item.exchanges.slice(0, 1) });
  const points = question.keyPoints.map(({ id, text, label = text, weight }): PointReport => {
    const verdict = verdictOf(soFar.get(id));
    return {
      id,
      text,
      label,
      weight,
      verdict,
      isMarked: verdict !== 'covered' && item.marked.includes(id),
      isLate: verdict !== 'missed' && verdictOf(first.get(id)) !== verdict,
      evidence: evidenceFor(item, id),
    };
  });
  const isUnread = isAllUnread(item.exchanges);
  const price = priceOfHints(item.hints);
  const { total, cappedBy } = itemScore(item, question);
  return {
    question,
    round: item.round,
    ...(item.follows === undefined ? {} : { follows: item.follows }),
    isSkipped: item.isSkipped,
    isUnanswered: !isTried(item),
    score: total * (1 - price),
    hints: item.hints,
    cappedBy,
    ms: item.ms,
    points,
    followUps: followUpReports(item),
    remarks: remarksOn(item.exchanges),
    mistakes: [...new Set(item.exchanges.flatMap(({ grade }) => grade?.mistakes ?? []))],
    beside: item.exchanges.flatMap(({ opinion, trouble, grade }) =>
      (opinion || trouble) && grade
        ? [{ score: grade.score, ...(opinion ? { opinion } : {}), ...(trouble ? { trouble } : {}) }]
        : [],
    ),
    isUnread,
    hasVerdicts: !isAllBlank(item.exchanges),
  };
}

/** Whether a point counts in full: it was heard, or its owner marked it. */
export const isHeard = ({ verdict, isMarked }: PointReport): boolean =>
  isMarked || verdict === 'covered';

function verdictOf(found: PointSoFar | undefined): PointReport['verdict'] {
  const credit = found?.credit ?? 0;
  return credit >= COVERED ? 'covered' : credit >= PARTLY ? 'partly' : 'missed';
}

function followUpReports({ exchanges }: Item): FollowUpReport[] {
  return exchanges.flatMap((exchange, index) => {
    const { ask, expect, answer } = exchange;
    if (ask === undefined || expect === undefined || answer === undefined) return [];
    return [{ ask, expect, isWon: broughtBy(exchange, exchanges.slice(0, index)) === 'all' }];
  });
}

function evidenceFor(item: Item, id: string): string {
  let best = { credit: 0, evidence: '' };
  for (const { grade } of item.exchanges) {
    const point = grade?.points.find((each) => each.id === id);
    if (point && point.credit > best.credit) best = point;
  }
  return best.evidence;
}
