import type { MissedQuestion } from '../../core/interview/follow-on.ts';
import { type ItemReport, isHeard, type PointReport } from '../../core/interview/item-report.ts';
import { buildReport, type Report } from '../../core/interview/report.ts';
import { replay } from '../../core/interview/session.ts';
import { cardId } from '../../core/practice/card.ts';
import type { Context } from '../../spine/command.ts';
import type { Interview } from '../../store/schema.ts';
import { questionOf } from './interview-session.ts';

/** What is missed in an interview is asked for again, and never by the same question, within so many days. */
const AGAIN_DAYS = 7;

/** More interviews than these in a few days are not looked at. */
const MOST_INTERVIEWS = 50;

/** A missed key point of a question. */
export type MissedPoint = { item: ItemReport; point: PointReport; card: string };

/** Everything that an interview showed, worked out from its turns, with or without its owner's marks. */
export async function reportOf(
  interview: Interview,
  { store, catalogOf }: Pick<Context, 'store' | 'catalogOf'>,
  { withMarks = true } = {},
): Promise<Report> {
  const turns = await store.turnsOf(interview.id);
  const counted = turns.filter(({ turn }) => withMarks || turn.kind !== 'marked');
  const state = replay(interview.plan, counted);
  const catalog = await catalogOf(interview.teamId);
  return buildReport(state, (id) => questionOf(id, { catalog }));
}

/** The key points that were missed in an interview, in the order asked; none that its owner marked. */
export function missedPoints({ items }: Pick<Report, 'items'>): MissedPoint[] {
  return items
    .filter(({ isUnanswered }) => !isUnanswered)
    .flatMap((item) =>
      item.points.filter(isMissed).map((point) => ({
        item,
        point,
        card: cardId({ kind: 'point', item: item.question.id, point: point.id }),
      })),
    );
}

const isMissed = (point: PointReport) => !isHeard(point) && point.verdict === 'missed';

/** What the next interview of somebody needs to know of the last ones. */
export async function lastInterviews(
  context: Context,
): Promise<{ tooSoon: string[]; missed: MissedQuestion[] }> {
  const { store, person, clock } = context;
  const since = clock.now().getTime() - AGAIN_DAYS * DAY_MS;
  const all = await store.interviewsOf(person.id, MOST_INTERVIEWS);
  // One that hasn't begun gives way to the next.
  const last = all.filter(({ state, touchedAt }) => state === 'ended' && +touchedAt >= since);
  const asked: ItemReport[] = [];
  for (const interview of last) asked.push(...(await reportOf(interview, context)).items);
  const followed = asked.flatMap(({ follows = [], isUnanswered }) => (isUnanswered ? [] : follows));
  return {
    tooSoon: asked.map(({ question }) => question.id),
    missed: byQuestion(missedPoints({ items: asked })).filter(
      ({ question }) => !followed.includes(question.id),
    ),
  };
}

const DAY_MS = 86_400_000;

/** The questions with what was missed in each, those first whose missed points weigh the most. */
function byQuestion(missed: readonly MissedPoint[]): MissedQuestion[] {
  const weights = new Map<ItemReport, number>();
  for (const { item, point } of missed) weights.set(item, (weights.get(item) ?? 0) + point.weight);
  return [...weights]
    .sort(([, a], [, b]) => b - a)
    .map(([{ question }]) => ({
      question,
      points: missed.filter((each) => each.item.question === question).map(({ point }) => point.id),
    }));
}
