import { addDays, type Day, daysBetween } from '../time.ts';
import { dueOn, type Memory, remember } from './memory.ts';

/** Something that a path asks for once: a question, a calculation with numbers of one's own, or a question in words. */
export type PathTask = { kind: 'question' | 'calculation' | 'interview'; chapter: number };

/** What a day may hold; `rehearsal` is interview practice with the time that is left over. */
export type PlanPart =
  | { kind: 'review' | 'rehearsal'; count: number }
  | { kind: PathTask['kind']; chapter: number; count: number };

/**
 * Minutes that one of each takes, rounded up from the bank's own estimates: 1.5 to 2.6 for a choice, an order or a
 * number, and 3.4 to 4.2 for an answer in words.
 */
export const MINUTES: Readonly<Record<PlanPart['kind'], number>> = {
  review: 1,
  question: 2,
  calculation: 5,
  interview: 5,
  rehearsal: 5,
};

/** The fewest and the most minutes a day: half of the fewest still holds the longest task. */
export const DAILY_MINUTES = { min: 10, max: 180 } as const;

/** Nobody rehearses for longer than this in one day, in questions. */
const MAX_REHEARSAL = 3;

/** What a plan is made from. */
export type PlanRequest = {
  today: Day;
  /** The day of the interview, for which nothing is planned. */
  date: Day;
  /** A day, within `DAILY_MINUTES`. */
  minutes: number;
  /** What was done today. */
  spent: { minutes: number; reviews: number };
  /** What the path still asks for, in its order. */
  tasks: readonly PathTask[];
  /** Cards that come back, by day; those of days before today are due today. */
  due: ReadonlyMap<Day, number>;
  /** The most cards that a day of review asks. */
  dailyCards: number;
};

/** One day of a plan. */
export type PlanDay = { day: Day; parts: PlanPart[]; minutes: number };

/** Every day up to the date, and what did not fit. */
export type Plan = {
  days: PlanDay[];
  /** Tasks that no day holds, in their order. */
  left: PathTask[];
  /** Cards that are due by the date and that no day holds. */
  reviewsLeft: number;
};

/**
 * Plans each day up to a date, from what is left to do today: a day that was missed leaves no trace but the days that
 * are gone. Reviews take at most half of a day while the path goes on, so that neither holds up the other.
 */
export function planDays(request: PlanRequest): Plan {
  const { today, date, minutes, spent, tasks, dailyCards } = request;
  const count = Math.max(0, daysBetween(today, date));
  const due = dueByOffset(request, count);
  let backlog = 0;
  let next = 0;
  const days = Array.from({ length: count }, (_, offset): PlanDay => {
    let left = offset === 0 ? Math.max(0, minutes - spent.minutes) : minutes;
    const cap = offset === 0 ? Math.max(0, dailyCards - spent.reviews) : dailyCards;
    backlog += due[offset] ?? 0;
    let reviews = 0;
    const review = (room: number) => {
      const some = Math.min(backlog, cap - reviews, Math.floor(room / MINUTES.review));
      reviews += some;
      backlog -= some;
      left -= some * MINUTES.review;
    };

    review(next < tasks.length ? left / 2 : left);
    const taken: PathTask[] = [];
    for (let task = tasks[next]; task && MINUTES[task.kind] <= left; task = tasks[next]) {
      taken.push(task);
      left -= MINUTES[task.kind];
      next += 1;
      for (const after of COMES_BACK) due[offset + after] = (due[offset + after] ?? 0) + 1;
    }
    review(left);
    const isFree = next >= tasks.length;
    const rehearsal = isFree ? Math.min(MAX_REHEARSAL, Math.floor(left / MINUTES.rehearsal)) : 0;
    const parts = partsOf({ reviews, taken, rehearsal });
    return { day: addDays(today, offset), parts, minutes: minutesOf(parts) };
  });
  return { days, left: tasks.slice(next), reviewsLeft: backlog };
}

/**
 * The fewest minutes a day above those asked for, a multiple of five, at which the whole path fits; undefined when no
 * day is long enough.
 */
export function minutesThatFit(request: PlanRequest): number | undefined {
  const above = Math.floor(request.minutes / 5) * 5 + 5;
  for (let minutes = above; minutes <= DAILY_MINUTES.max; minutes += 5)
    if (planDays({ ...request, minutes }).left.length === 0) return minutes;
  return undefined;
}

/** The chapters of tasks, each once and in their order. */
export const chaptersOf = (tasks: readonly PathTask[]): number[] => [
  ...new Set(tasks.map(({ chapter }) => chapter)),
];

/** Minutes of the parts of a day. */
export const minutesOf = (parts: readonly PlanPart[]): number =>
  parts.reduce((sum, { kind, count }) => sum + count * MINUTES[kind], 0);

function dueByOffset({ due, today }: PlanRequest, count: number): number[] {
  const offsets = Array<number>(count).fill(0);
  for (const [day, cards] of due) {
    const offset = Math.max(0, daysBetween(today, day));
    if (offset < count) offsets[offset] = (offsets[offset] ?? 0) + cards;
  }
  return offsets;
}

/** After how many days a question comes back that is always answered right, for as long as anybody plans. */
const COMES_BACK = comesBack('2000-01-01', 120);

function comesBack(day: Day, days: number): number[] {
  const found: number[] = [];
  let memory: Memory | undefined;
  for (let next = day; ; ) {
    memory = remember(memory, 'good', next);
    next = dueOn(memory);
    const after = daysBetween(day, next);
    if (after > days) return found;
    found.push(after);
  }
}

function partsOf({
  reviews,
  taken,
  rehearsal,
}: {
  reviews: number;
  taken: readonly PathTask[];
  rehearsal: number;
}): PlanPart[] {
  const parts: PlanPart[] = reviews > 0 ? [{ kind: 'review', count: reviews }] : [];
  const counts = new Map<string, PathTask & { count: number }>();
  for (const task of taken) {
    const key = `${task.kind} ${task.chapter}`;
    counts.set(key, { ...task, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  parts.push(...counts.values());
  if (rehearsal > 0) parts.push({ kind: 'rehearsal', count: rehearsal });
  return parts;
}
