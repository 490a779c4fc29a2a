import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chaptersOf,
  DAILY_MINUTES,
  MINUTES,
  minutesOf,
  minutesThatFit,
  type PathTask,
  type Plan,
  type PlanPart,
  type PlanRequest,
  planDays,
} from '../../../src/core/practice/plan.ts';
import { addDays, type Day } from '../../../src/core/time.ts';

const TODAY: Day = '2026-11-30';

const questions = (chapter: number, count = 5): PathTask[] =>
  Array.from({ length: count }, () => ({ kind: 'question', chapter }));

const request = (changes: Partial<PlanRequest> = {}): PlanRequest => ({
  today: TODAY,
  date: '2026-12-20',
  minutes: 15,
  spent: { minutes: 0, reviews: 0 },
  tasks: [...questions(5), { kind: 'calculation', chapter: 5 }],
  due: new Map(),
  dailyCards: 20,
  ...changes,
});

const anyRequest: fc.Arbitrary<PlanRequest> = fc
  .record({
    days: fc.integer({ min: -3, max: 60 }),
    minutes: fc.integer(DAILY_MINUTES),
    spent: fc.record({
      minutes: fc.integer({ min: 0, max: 40 }),
      reviews: fc.integer({ min: 0, max: 30 }),
    }),
    tasks: fc.array(
      fc.record<PathTask>({
        kind: fc.constantFrom('question', 'calculation', 'interview'),
        chapter: fc.integer({ min: 1, max: 12 }),
      }),
      { maxLength: 60 },
    ),
    due: fc.array(fc.tuple(fc.integer({ min: -40, max: 60 }), fc.integer({ min: 1, max: 80 })), {
      maxLength: 30,
    }),
    dailyCards: fc.integer({ min: 0, max: 60 }),
  })
  .map(({ days, due, ...rest }) => ({
    ...rest,
    today: TODAY,
    date: addDays(TODAY, days),
    due: new Map(due.map(([offset, count]) => [addDays(TODAY, offset), count])),
  }));

/** Tasks that a plan holds, in its order of days; within a day, tasks of one kind stand together. */
const planned = ({ days }: Plan): string[] =>
  days.flatMap(({ parts }) =>
    parts.flatMap((part) =>
      'chapter' in part ? Array<string>(part.count).fill(`${part.kind} ${part.chapter}`) : [],
    ),
  );

test('no day has more minutes than were asked for, and today no more than are left of it', () => {
  fc.assert(
    fc.property(anyRequest, (asked) => {
      const { days } = planDays(asked);

      const usedOn = (at: number) => (at === 0 ? Math.min(asked.minutes, asked.spent.minutes) : 0);
      const sum = (parts: readonly PlanPart[]) =>
        parts.reduce((all, { kind, count }) => all + count * MINUTES[kind], 0);
      const reviews = (parts: readonly PlanPart[]) =>
        parts.find(({ kind }) => kind === 'review')?.count ?? 0;
      expect(days.filter(({ minutes }, at) => minutes > asked.minutes - usedOn(at))).toEqual([]);
      expect(days.filter(({ minutes, parts }) => minutes !== sum(parts))).toEqual([]);
      expect(days.filter(({ parts }) => reviews(parts) > asked.dailyCards)).toEqual([]);
      expect(days.filter(({ parts }) => parts.some(({ count }) => count < 1))).toEqual([]);
    }),
  );
});

test('each task is planned once or is told as left, and what is left comes last', () => {
  fc.assert(
    fc.property(anyRequest, (asked) => {
      const plan = planDays(asked);

      const done = asked.tasks.slice(0, asked.tasks.length - plan.left.length);
      const name = ({ kind, chapter }: PathTask) => `${kind} ${chapter}`;
      expect(planned(plan).sort()).toEqual(done.map(name).sort());
      expect(plan.left).toEqual(asked.tasks.slice(done.length));
    }),
  );
});

test('every day up to the date has a place, and the day of the interview none', () => {
  fc.assert(
    fc.property(anyRequest, (asked) => {
      const { days } = planDays(asked);

      expect(days.filter(({ day }, at) => day !== addDays(TODAY, at))).toEqual([]);
      expect(days.every(({ day }) => day < asked.date)).toBe(true);
      if (asked.date > TODAY) expect(days.at(-1)?.day).toBe(addDays(asked.date, -1));
    }),
  );
});

test('the minutes that are named fit, and none between them and those asked for do', () => {
  fc.assert(
    fc.property(anyRequest, (asked) => {
      const named = minutesThatFit(asked);

      const fits = (minutes: number) => planDays({ ...asked, minutes }).left.length === 0;
      const most = named ?? DAILY_MINUTES.max + 5;
      for (let minutes = asked.minutes + 1; minutes < most; minutes += 1)
        if (minutes % 5 === 0 && fits(minutes)) throw new Error(`${minutes} would do`);
      if (named !== undefined) expect(fits(named) && named > asked.minutes).toBe(true);
    }),
    { numRuns: 40 },
  );
});

test('after missed days the plan keeps to the same minutes and to the same order', () => {
  fc.assert(
    fc.property(anyRequest, fc.integer({ min: 0, max: 30 }), (asked, missed) => {
      const later = planDays({
        ...asked,
        today: addDays(TODAY, missed),
        spent: { minutes: 0, reviews: 0 },
      });

      expect(later.days.filter(({ parts }) => minutesOf(parts) > asked.minutes)).toEqual([]);
      expect(later.days.every(({ day }) => day >= addDays(TODAY, missed))).toBe(true);
      expect(later.left).toEqual(asked.tasks.slice(asked.tasks.length - later.left.length));
    }),
  );
});

test('a day holds half reviews and half of the path while both wait', () => {
  const plan = planDays(request({ due: new Map([['2026-11-01', 200]]) }));

  // 15 minutes: 7 cards, then 4 questions of 2 minutes.
  expect(plan.days[0]).toEqual({
    day: TODAY,
    minutes: 15,
    parts: [
      { kind: 'review', count: 7 },
      { kind: 'question', chapter: 5, count: 4 },
    ],
  });
});

test('questions come back as reviews, and what is left of a day rehearses', () => {
  const plan = planDays(request({ date: '2026-12-04', tasks: questions(5, 3) }));

  // FSRS-6 brings a question back 2 days after its first right answer.
  expect(plan.days.map(({ parts }) => parts)).toEqual([
    [
      { kind: 'question', chapter: 5, count: 3 },
      { kind: 'rehearsal', count: 1 },
    ],
    [{ kind: 'rehearsal', count: 3 }],
    [
      { kind: 'review', count: 3 },
      { kind: 'rehearsal', count: 2 },
    ],
    [{ kind: 'rehearsal', count: 3 }],
  ]);
});

test('says which chapters do not fit, and the minutes that would', () => {
  // 10 + 5 + 10 minutes for each of three chapters: 75 in three days of 15.
  const tasks = [3, 8, 12].flatMap((chapter): PathTask[] => [
    ...questions(chapter),
    { kind: 'interview', chapter },
    { kind: 'interview', chapter },
    { kind: 'calculation', chapter },
  ]);
  const asked = request({ date: '2026-12-03', tasks });

  const { left } = planDays(asked);

  expect(chaptersOf(left)).toEqual([8, 12]);
  const minutes = minutesThatFit(asked) ?? 0;
  expect(minutes).toBeGreaterThanOrEqual(25);
  expect(planDays({ ...asked, minutes }).left).toEqual([]);
});

test('what was done today leaves room for the rest of the day only', () => {
  const plan = planDays(request({ spent: { minutes: 12, reviews: 0 } }));

  expect(plan.days[0]).toEqual({
    day: TODAY,
    minutes: 2,
    parts: [{ kind: 'question', chapter: 5, count: 1 }],
  });
});

test('reviews that no day holds are told too', () => {
  const plan = planDays(
    request({ date: '2026-12-02', tasks: [], due: new Map([['2026-11-30', 100]]) }),
  );

  // Two days of 15 minutes hold 30 of 100.
  expect(plan.reviewsLeft).toBe(70);
});
