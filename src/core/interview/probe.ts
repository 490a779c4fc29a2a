import { COVERED, PARTLY } from '../grading/levels.ts';
import type { Grade } from '../grading/types.ts';
import type { FreeTextQuestion } from '../questions/schema.ts';
import { nudge, unasked } from './nudge.ts';
import { hasPartialMention } from './partial-mention.ts';
import type { Exchange, Item, Probe, State } from './state.ts';

/** Follow-ups on one question, at the most. */
export const DEEPEST = 2;

/** What is known of one key point after everything that was said to a question. */
export type PointSoFar = { id: string; credit: number };

/** The best credit that each key point had in any exchange of an item, its owner's marks left out. */
export function pointsSoFar(item: Pick<Item, 'exchanges'>): Map<string, PointSoFar> {
  const points = new Map<string, PointSoFar>();
  for (const { grade } of item.exchanges) {
    for (const { id, credit } of grade?.points ?? [])
      points.set(id, { id, credit: Math.max(points.get(id)?.credit ?? 0, credit) });
  }
  return points;
}

/**
 * The follow-up that an answer calls for: the largest gap first, last what was only touched on; never the same twice. An answer that has all is pushed one step further, except in the
 * warm-up. Undefined when there is nothing left to ask.
 *
 * @param state The interview, in which the question is the last that was asked.
 */
export function probeFor(
  question: FreeTextQuestion,
  { items }: Pick<State, 'items'>,
  grade: Grade,
): Probe | undefined {
  const item = items.at(-1);
  const depth = item?.exchanges.length ?? 0;
  const current = item?.exchanges.at(-1);
  if (!item || !current || depth > DEEPEST || isHopeless(grade)) return undefined;
  const exchanges = item.exchanges.with(-1, { ...current, grade });
  const probed = new Set(item.exchanges.map(({ point }) => point));
  const further = unasked(question, item)[0];
  const gaps = gapsOf(question, exchanges).filter(({ id }) => !probed.has(id));
  if (gaps.length === 0)
    return further && depth === 1 && item.round !== 'warm-up' ? { ...further, depth } : undefined;
  const towards = (points: typeof gaps) => nudge(question, points, { items, score: grade.score });
  const untouched = gaps.filter(
    ({ id, required }) => required || !isTouched(id, question, exchanges),
  );
  // A second follow-up rather goes on than back to what was said already.
  const ahead = towards(untouched) ?? (depth > 1 ? further : undefined);
  const probe = ahead ?? towards(gaps) ?? further;
  return probe && { ...probe, depth };
}

/** The key points that were not found so far, the largest gap first: required ones, then by weight. */
function gapsOf(question: FreeTextQuestion, exchanges: readonly Exchange[]) {
  const soFar = pointsSoFar({ exchanges: [...exchanges] });
  return question.keyPoints
    .filter(({ id }) => (soFar.get(id)?.credit ?? 0) < COVERED)
    .sort(
      (a, b) => Number(b.required ?? false) - Number(a.required ?? false) || b.weight - a.weight,
    );
}

/** Whether something of a point was said: words of it, half of it, or what the grader asks back about. */
function isTouched(
  id: string,
  question: FreeTextQuestion,
  exchanges: readonly Exchange[],
): boolean {
  const grades = exchanges.flatMap(
    ({ grade }) => grade?.points.filter((point) => point.id === id) ?? [],
  );
  const said = exchanges.map(({ answer }) => answer ?? '').join('\n');
  return (
    grades.some(({ credit, unsure }) => unsure || credit >= PARTLY) ||
    hasPartialMention(question, id, said)
  );
}

/** An answer to which a follow-up would only hurt. */
function isHopeless(grade: Grade): boolean {
  return grade.flags.some(
    (flag) => flag === 'empty' || flag === 'dont-know' || flag === 'abuse' || flag === 'language',
  );
}
