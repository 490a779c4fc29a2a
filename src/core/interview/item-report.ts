import { COVERED, PARTLY } from '../grading/levels.ts';
import type { SpokenQuestion } from '../questions/schema.ts';
import { claimIdOf, isClaim } from './claims.ts';
import { type DoubtReport, doubtsIn } from './doubts.ts';
import { broughtBy } from './follow-up.ts';
import { itemScore, type OwnMarks } from './item-score.ts';
import { type PointSoFar, pointsSoFar } from './probe.ts';
import { isAllBlank, isAllUnread, type Remark, remarksOn } from './remarks.ts';
import { type Item, isTried } from './state.ts';

/** What each hint costs of a question, as a share of it. */
export const HINT_PRICES = [0.1, 0.2, 0.3] as const;

/** What so many hints cost together, as a share of what a question earned. */
export const priceOfHints = (hints: number): number =>
  HINT_PRICES.slice(0, hints).reduce((sum, each) => sum + each, 0);

/** A key point of a question, and how far it was said. */
export type PointReport = {
  id: string;
  text: string;
  weight: number;
  verdict: 'covered' | 'partly' | 'missed' | 'contradicted';
  /** The person's own word for it: "I did say it". */
  isSelfAssessed: boolean;
  /** The person's own word for it: "I didn't say this", of a point that was found. */
  isTakenBack?: boolean;
  /** It came, or came in part, on a follow-up: the hint was mine. */
  isLate?: boolean;
  evidence: string;
};

/** A wrong claim of a question that was read in an answer. */
export type ClaimReport = {
  id: string;
  text: string;
  /** The sentence in which it was read. */
  evidence: string;
  /** The person's own word for it: "I did not say it". */
  isDenied: boolean;
};

/** One question of an interview, scored. */
export type ItemReport = {
  question: SpokenQuestion;
  round: Item['round'];
  /** See `Planned`. */
  follows?: string;
  isSkipped: boolean;
  /** The interview ended while its answer was awaited: it counts nowhere. */
  isUnanswered: boolean;
  /** 0 to 1, after the price of hints; follow-ups included. */
  score: number;
  /** The same with the points that the person ticked, and without those taken back. */
  selfAssessed: number;
  hints: number;
  /** What wrong claims took off, 0 to 1, and the required points without which the score stays at "partly there". */
  taken: number;
  cappedBy: string[];
  ms: number;
  points: PointReport[];
  claims: ClaimReport[];
  doubts: DoubtReport[];
  followUps: FollowUpReport[];
  remarks: Remark[];
  /** Nothing of what was said could be read. */
  isUnread: boolean;
  /** Something was said that could be graded, so that a verdict may be wrong. */
  hasVerdicts: boolean;
  /** The points and claims for which the authors of the bank may read the answers, by id. */
  shared: string[];
};

/** A follow-up of the bank that was asked, what a right answer says, and whether it was recognized. */
export type FollowUpReport = { ask: string; expect: string; isWon: boolean };

/** One question with all that was said to it. */
export function itemReport(item: Item, question: SpokenQuestion): ItemReport {
  const soFar = pointsSoFar(item);
  const marks = marksOf(item);
  const first = pointsSoFar({ exchanges: item.exchanges.slice(0, 1) });
  const points = question.keyPoints.map(({ id, text, weight }): PointReport => {
    const verdict = verdictOf(soFar.get(id));
    return {
      id,
      text,
      weight,
      verdict,
      isSelfAssessed: verdict !== 'covered' && marks.said.has(id),
      isTakenBack: isFound(verdict) && marks.takenBack.has(id),
      isLate: isFound(verdict) && verdictOf(first.get(id)) !== verdict,
      evidence: evidenceFor(item, id),
    };
  });
  const isUnread = isAllUnread(item.exchanges);
  const price = priceOfHints(item.hints);
  const { total: score, taken, cappedBy } = itemScore(item, question);
  const after = (value: number) => value * (1 - price);
  return {
    question,
    round: item.round,
    ...(item.follows === undefined ? {} : { follows: item.follows }),
    isSkipped: item.isSkipped,
    isUnanswered: !isTried(item),
    score: after(score),
    selfAssessed: after(itemScore(item, question, marks).total),
    hints: item.hints,
    taken,
    cappedBy,
    ms: item.ms,
    points,
    claims: claimsIn(item, question, marks),
    doubts: doubtsIn(item.exchanges, question),
    followUps: followUpReports(item),
    remarks: remarksOn(item.exchanges),
    isUnread,
    hasVerdicts: !isAllBlank(item.exchanges),
    shared: item.exchanges.flatMap(({ contested }) =>
      contested.filter(({ consent }) => consent).map(({ point }) => point),
    ),
  };
}

/** A person's own word on a question; before version 0.3 a claim was denied by contesting it. */
function marksOf({ exchanges }: Item): OwnMarks {
  const takenBack = new Set(exchanges.flatMap(({ unticked = [] }) => unticked));
  const contested = exchanges.flatMap((exchange) => exchange.contested.map(({ point }) => point));
  return {
    said: new Set(exchanges.flatMap(({ ticked }) => ticked)),
    takenBack,
    denied: new Set([...takenBack, ...contested].filter(isClaim)),
  };
}

function claimsIn(
  { exchanges }: Item,
  question: SpokenQuestion,
  { denied }: OwnMarks,
): ClaimReport[] {
  const read = exchanges.flatMap(({ grade }) => grade?.redFlags ?? []);
  return read
    .filter(({ text }, index) => read.findIndex((each) => each.text === text) === index)
    .map(({ text, evidence }) => {
      const id = claimIdOf(question, text);
      return { id, text, evidence, isDenied: denied.has(id) };
    });
}

const isFound = (verdict: PointReport['verdict']) => verdict === 'covered' || verdict === 'partly';

function verdictOf(found: PointSoFar | undefined): PointReport['verdict'] {
  if (found?.wasContradicted) return 'contradicted';
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
