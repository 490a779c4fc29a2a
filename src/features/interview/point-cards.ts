import { type ItemReport, isHeard, type PointReport } from '../../core/interview/item-report.ts';
import type { Report } from '../../core/interview/report.ts';
import { cardId } from '../../core/practice/card.ts';
import { dayIn } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import type { CardChange } from '../../store/queries/card-steps.ts';
import type { Interview } from '../../store/schema.ts';
import { missedPoints } from './missed.ts';

type Ending = Pick<Context, 'store' | 'clock'> & { zone?: string };

/**
 * Every key point that was missed comes back in the review tomorrow, and one that was said is an answer to its card, if it
 * has one.
 */
export async function pointCards(
  report: Report,
  interview: Pick<Interview, 'id' | 'personId'>,
  ending: Ending,
): Promise<CardChange[]> {
  const missed = missedPoints(report).map(
    ({ item, point }): CardChange => ({ ...named(item, point, interview, ending), what: 'missed' }),
  );
  const said = report.items.flatMap((item) =>
    item.points.filter(isHeard).map(
      (point): CardChange => ({
        ...named(item, point, interview, ending),
        what: point.isLate ? 'hard' : 'good',
        share: 1,
      }),
    ),
  );
  const rows = await ending.store.cardsNamed(
    interview.personId,
    said.map(({ card }) => card),
  );
  const known = new Set(rows.map(({ card }) => card));
  return [...missed, ...said.filter(({ card }) => known.has(card))];
}

/** A point that is marked after the end does not come back. */
export async function markCards(
  item: ItemReport,
  points: readonly string[],
  interview: Pick<Interview, 'id' | 'personId'>,
  ending: Ending,
): Promise<void> {
  for (const point of item.points.filter(({ id }) => points.includes(id))) {
    const { key } = named(item, point, interview, ending);
    await ending.store.undoCardChange(interview.personId, key);
  }
}

function named(
  { question }: ItemReport,
  { id }: PointReport,
  interview: Pick<Interview, 'id' | 'personId'>,
  { clock, zone = 'UTC' }: Ending,
): Omit<CardChange, 'what'> {
  const at = clock.now();
  const card = cardId({ kind: 'point', item: question.id, point: id });
  return {
    personId: interview.personId,
    card,
    chapter: question.chapter,
    key: `interview ${interview.id} ${card}`,
    day: dayIn(at, zone),
    at,
  };
}
