import { readCardId } from '../../core/practice/card.ts';
import {
  chaptersOf,
  MINUTES,
  minutesThatFit,
  type Plan,
  type PlanPart,
  type PlanRequest,
  planDays,
} from '../../core/practice/plan.ts';
import { REVIEW_BANK } from '../../core/questions/schema.ts';
import { addDays, type Day, dayIn, formatDay, instantOf } from '../../core/time.ts';
import type { Context } from '../../spine/command.ts';
import { type PathAt, questionsAnswered } from './path-progress.ts';
import type { CardAnswer } from './queries/progress.ts';

/** A plan with what it was made from. */
export type PlanFor = {
  request: PlanRequest;
  plan: Plan;
  /** There is a date to come; without one, the plan is of today alone. */
  hasDate: boolean;
};

/** The plan to the date of a path; of today alone where there is no date to come. */
export async function planFor(at: PathAt, context: Context): Promise<PlanFor> {
  const { row, steps } = at;
  const { store, person, clock, zone } = context;
  const today = dayIn(clock.now(), zone);
  const hasDate = row.date !== null && row.date > today;
  // On the day itself nothing is planned.
  const date = row.date !== null && row.date >= today ? row.date : addDays(today, 1);
  const request: PlanRequest = {
    today,
    date,
    minutes: row.minutes,
    spent: await spentOn(today, at, context),
    tasks: steps.flatMap(({ tasks }) => tasks),
    due: await store.dueByDay(person.id, date),
    dailyCards: person.dailyCards,
  };
  return { request, plan: planDays(request), hasDate };
}

/** What was done on a day for a path, in the minutes by which it is planned. */
async function spentOn(day: Day, at: PathAt, context: Context): Promise<PlanRequest['spent']> {
  const { store, person, zone, catalog } = context;
  const since = instantOf({ day, time: '00:00', zone });
  const answers = await onPath(await store.answersSince(person.id, since), at, context);
  const reviews = answers.filter(({ before }) => before !== undefined).length;
  const kindOf = (card: string): PlanPart['kind'] => {
    const target = readCardId(card);
    if (target.kind === 'drill') return 'calculation';
    const question = target.kind === 'item' ? catalog.question(target.item) : undefined;
    return question && 'keyPoints' in question ? 'interview' : 'question';
  };
  const interviews = (await store.interviewsOf(person.id, 5)).filter(
    ({ endedAt }) => endedAt !== null && endedAt >= since,
  );
  const minutes = [
    ...answers.map(({ card, before }) => MINUTES[before ? 'review' : kindOf(card)]),
    ...interviews.flatMap(questionsAnswered).map(() => MINUTES.interview),
  ];
  return { minutes: minutes.reduce((sum, each) => sum + each, 0), reviews };
}

/** Reviews, calculations, the placement, and quizzes of a chapter: other answers leave the day of a path alone. */
async function onPath(answers: readonly CardAnswer[], { row }: PathAt, { store }: Context) {
  const quizOf = (key: string) => Number(/^quiz (\d+) /.exec(key)?.[1] ?? 0);
  const quizzes = await Promise.all(
    [...new Set(answers.map(({ key }) => quizOf(key)))].map((id) => store.practice(id)),
  );
  const counted = quizzes.filter(
    (quiz) =>
      quiz?.id === row.placementId ||
      (quiz?.settings.kind === 'quiz' && quiz.settings.chapter !== undefined),
  );
  return answers.filter(
    ({ key }) => /^(review|drill) /.test(key) || counted.some((quiz) => quiz?.id === quizOf(key)),
  );
}

/** What does not fit before the date, and the minutes that would; undefined when all of it does. */
export function whatDoesNotFit(
  { request, plan }: PlanFor,
  { locale, catalog }: Context,
): { words: string; minutes: number | undefined } | undefined {
  const reviews =
    plan.reviewsLeft > 0
      ? `About ${count(plan.reviewsLeft, 'review')} ${plan.reviewsLeft === 1 ? "doesn't" : "don't"} fit before then${plan.left.length > 0 ? ' either' : ''}.`
      : '';
  if (plan.left.length === 0)
    return reviews === '' ? undefined : { words: reviews, minutes: undefined };
  const chapters = chaptersOf(plan.left).map(catalog.chapterTitle);
  const minutes = minutesThatFit(request);
  const would = minutes === undefined ? 'No day is long enough.' : `${minutes} minutes would.`;
  const what = `${listed(chapters)} ${chapters.length === 1 ? "doesn't" : "don't"} fit`;
  return {
    words: [
      `At ${request.minutes} minutes a day, ${what} before ${formatDay(request.date, locale)}. ${would}`,
      reviews,
    ]
      .filter(Boolean)
      .join(' '),
    minutes,
  };
}

/** `Attention`, `Attention and Production`, `Attention, Production, and Prompting`. */
export function listed(names: readonly string[]): string {
  if (names.length < 3) return names.join(' and ');
  return `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
}

/** A part of a day in words: `4 questions on Attention`. */
export function partWords(part: PlanPart, { chapterTitle }: Context['catalog']): string {
  switch (part.kind) {
    case 'review':
      return count(part.count, 'review');
    case 'rehearsal':
      return `${part.count * MINUTES.rehearsal} minutes of interview practice`;
    case 'question':
      return `${count(part.count, 'question')} on ${chapterTitle(part.chapter)}`;
    case 'calculation':
      return `${count(part.count, 'calculation')} on ${chapterTitle(part.chapter)}`;
    case 'interview':
      return part.chapter === REVIEW_BANK
        ? count(part.count, 'interview question')
        : `${count(part.count, 'interview question')} on ${chapterTitle(part.chapter)}`;
  }
}

/** A number with its noun: `1 card`, `7 cards`. */
export const count = (number: number, noun: string) =>
  `${number} ${noun}${number === 1 ? '' : 's'}`;
