import type { SpokenQuestion } from '../questions/schema.ts';
import { MOST_DEDUCTED } from './grading/observe.ts';
import { ROUNDED_BELOW, WITHOUT_REQUIRED } from './grading/score.ts';
import type { PointReport } from './item-report.ts';
import { itemScore } from './item-score.ts';
import { mean as average, levelOf, PARTLY } from './levels.ts';
import { pointsSoFar } from './probe.ts';
import type { Exchange, Item } from './state.ts';

/**
 * What moves a score away from its marks.
 *
 * - `own-word`: points by the person's own word are marked and earn nothing.
 * - `weights`: what was recognized weighs less, or more, than the rest.
 * - `doubt`: credits are not what their marks stand for.
 * - `late`: follow-ups count half; or they earned something that is no key point's mark.
 * - `list`: the same, where the first answer was a list of terms.
 * - `claim`: wrong claims took off.
 * - `required`: the first answer lacked a required point.
 * - `half`, `three-quarters`: a first answer below this step of the curve is rounded down.
 * - `opposite`: the judge took off for a contradicted point.
 */
export type Reason =
  | 'own-word'
  | 'weights'
  | 'doubt'
  | 'late'
  | 'list'
  | 'claim'
  | 'required'
  | 'half'
  | 'three-quarters'
  | 'opposite';

/** Those of them that also raise a score above its marks. */
export type UpwardReason = 'weights' | 'doubt' | 'late';

/** The main reason why the marks of a question suggest a higher level than its score has, or a lower one. */
export type Gap = { isBelow: true; reason: Reason } | { isBelow: false; reason: UpwardReason };

/** One of five points in part: what lies closer together on two sides of a bound between levels is no riddle. */
const MIN_GAP = 0.1;

/** Below each of these sums of credits the grade of a first answer is rounded down (`docs/grading.md`). */
const CURVE = [
  { reason: 'half', at: ROUNDED_BELOW.half },
  { reason: 'three-quarters', at: ROUNDED_BELOW.threeQuarters },
] as const;

const MARKS = { covered: 1, partly: 0.5, missed: 0, contradicted: 0 } as const;

const graded = ({ verdict }: PointReport) => MARKS[verdict];
const shown = (point: PointReport) => (point.isSelfAssessed ? 1 : graded(point));

/**
 * Takes the way from the mean of the marks to the score before hints step by step, and names the step that moved it most.
 * Undefined where both are of one level, or where nobody can say what that step was.
 */
export function explainScore(
  item: Item,
  question: SpokenQuestion,
  points: readonly PointReport[],
): Gap | undefined {
  const marks = mean(points.map(shown));
  const score = Math.max(0, Math.min(1, itemScore(item, question).total));
  const gap = marks - score;
  if (levelOf(marks) === levelOf(score) || Math.abs(gap) < MIN_GAP) return undefined;
  const steps = stepsOf(item, question, points);
  const { reason, by } = gap > 0 ? largest(steps) : smallest(steps);
  if (gap > 0) return reason && by > 0 ? { isBelow: true, reason } : undefined;
  return isRaising(reason) && by < 0 ? { isBelow: false, reason } : undefined;
}

/** How much lower than the marks each reason made the score; one that nobody can name has none. */
type Step = { reason: Reason | undefined; by: number };

const largest = (steps: readonly Step[]): Step =>
  steps.reduce((most, step) => (step.by > most.by ? step : most));

const smallest = (steps: readonly Step[]): Step =>
  steps.reduce((least, step) => (step.by < least.by ? step : least));

const isRaising = (reason: Reason | undefined): reason is UpwardReason =>
  reason === 'weights' || reason === 'doubt' || reason === 'late';

function stepsOf(item: Item, question: SpokenQuestion, points: readonly PointReport[]): Step[] {
  const [first] = item.exchanges;
  const { base, added, taken } = itemScore(item, question);
  const byWeight = weigher(question);
  const marks = new Map(points.map((point) => [point.id, graded(point)]));
  const marked = byWeight((id) => marks.get(id));
  const best = pointsSoFar(item);
  const credits = byWeight((id) => best.get(id)?.credit);
  const own = creditsOf(first);
  const earned = byWeight((id) => own.get(id));
  const deducted = Math.min(earned, deductedIn(first, question));
  const capped = cappedIn(first, question, earned - deducted);
  const kept = earned - deducted - capped;
  const late = credits - earned - added;
  const steps: Step[] = [
    { reason: 'own-word', by: mean(points.map(shown)) - mean(points.map(graded)) },
    { reason: 'weights', by: mean(points.map(graded)) - marked },
    { reason: 'doubt', by: marked - credits },
    { reason: late > 0 && isList(first) ? 'list' : 'late', by: late },
    { reason: 'claim', by: deducted + taken },
    { reason: 'required', by: capped },
  ];
  return withRounding(steps, { first, question, kept, by: kept - base });
}

/**
 * The steps with what the grade of a first answer is below its credits. Where its marks would have reached the next step of
 * the curve, that belongs to what kept them from it; else it is the curve itself.
 */
function withRounding(
  steps: readonly Step[],
  at: { first: Exchange | undefined; question: SpokenQuestion; kept: number; by: number },
): Step[] {
  const reason = roundedBy(steps, at);
  const known = steps.find((step) => step.reason === reason);
  if (!known) return [...steps, { reason, by: at.by }];
  return steps.map((step) => (step === known ? { reason, by: step.by + at.by } : step));
}

function roundedBy(
  steps: readonly Step[],
  {
    first,
    question,
    kept,
  }: { first: Exchange | undefined; question: SpokenQuestion; kept: number },
): Reason | undefined {
  if (first?.by === 'judge') return isOpposite(first) ? 'opposite' : undefined;
  const next = CURVE.find(({ at }) => kept < at);
  if (!next) return undefined;
  const verdicts = new Map(first?.grade?.points.map(({ id, verdict }) => [id, verdict]));
  const marks = question.keyPoints.map(({ id }) => MARKS[verdicts.get(id) ?? 'missed']);
  if (mean(marks) < next.at) return next.reason;
  const holding = steps.filter(
    ({ reason, by }) =>
      by > 0 &&
      (reason === 'required' || reason === 'claim' || reason === 'weights' || reason === 'doubt'),
  );
  return holding.length > 0 ? largest(holding).reason : undefined;
}

/** Adds up what each key point has, by its share of all weights. */
function weigher({ keyPoints }: SpokenQuestion) {
  const all = keyPoints.reduce((sum, { weight }) => sum + weight, 0);
  return (of: (id: string) => number | undefined) =>
    keyPoints.reduce((sum, { id, weight }) => sum + (weight / all) * (of(id) ?? 0), 0);
}

const creditsOf = (exchange: Exchange | undefined) =>
  new Map(exchange?.grade?.points.map(({ id, credit }) => [id, credit]) ?? []);

function deductedIn(first: Exchange | undefined, { redFlags }: SpokenQuestion): number {
  const read = new Set(first?.grade?.redFlags.map(({ text }) => text));
  const sum = redFlags
    .filter(({ text }) => read.has(text))
    .reduce((total, { deduct }) => total + deduct, 0);
  return first?.by === 'judge' ? sum : Math.min(MOST_DEDUCTED, sum);
}

/** The judge knows of no required point. */
function cappedIn(
  first: Exchange | undefined,
  { keyPoints }: SpokenQuestion,
  earned: number,
): number {
  const credits = creditsOf(first);
  const lacks = keyPoints.some(({ id, required }) => required && (credits.get(id) ?? 0) < PARTLY);
  return lacks && first?.by !== 'judge' ? Math.max(0, earned - WITHOUT_REQUIRED) : 0;
}

const isList = (exchange: Exchange | undefined): boolean =>
  exchange?.grade?.flags.includes('keywords') === true &&
  exchange.grade.points.every(({ verdict }) => verdict === 'missed');

/** Where the judge met a flag it may have kept the offline grade: then nobody can say what took off. */
const isOpposite = ({ grade }: Exchange): boolean =>
  grade?.flags.length === 0 && grade.points.some(({ verdict }) => verdict === 'contradicted');

const mean = (values: readonly number[]): number => average(values) ?? 0;
