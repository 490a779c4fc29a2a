import { FIRST_RATING } from '../../core/interview/rating.ts';
import { cardOf, readCardId } from '../../core/practice/card.ts';
import { chooseQuiz } from '../../core/practice/choose.ts';
import type { PracticeSettings } from '../../core/practice/session.ts';
import { seedToken } from '../../core/questions/generators/drawn.ts';
import { type Question, REVIEW_BANK } from '../../core/questions/schema.ts';
import { dayIn, daysBetween, formatDay } from '../../core/time.ts';
import { itemStrengths } from '../../session/measured-difficulty.ts';
import { openFor } from '../../session/spoiler-guard.ts';
import type { Context } from '../../spine/command.ts';
import { UserError } from '../../spine/errors.ts';
import type { Reply } from '../../spine/reply.ts';
import { leftToday } from './daily-load.ts';
import { showPractice } from './showing.ts';

type QuizSettings = Extract<PracticeSettings, { kind: 'quiz' }>;

/**
 * Chooses the questions of a quiz and shows the first.
 *
 * @throws UserError when nothing is in its scope.
 */
export async function startQuiz(settings: QuizSettings, context: Context): Promise<Reply> {
  const { store, person, team, clock, catalog, seed } = context;
  const items = await itemsInScope(settings, context);
  const latest = await latestByCard(context);
  const ratings = await store.itemRatingsOf(items.map(({ id }) => id));
  const measured = await itemStrengths(context);
  const strength = (await store.personRating(person.id))?.value ?? FIRST_RATING.person;
  const answered = new Map(
    items.flatMap(({ id }) => {
      const found = latest.get(cardOf(id));
      return found ? [[id, found] as const] : [];
    }),
  );
  const chosen = chooseQuiz({
    items,
    mode: settings.mode,
    count: settings.count,
    answered,
    weakest: weakestOf(latest, context),
    areTwins: catalog.areTwins,
    strength,
    itemStrength: (question) => ratings.get(question.id)?.value ?? measured(question),
    seed,
  });
  if (chosen.length === 0) throw nothingToAsk(settings);
  const practice = await store.startPractice({
    personId: person.id,
    teamId: team.id,
    settings: { ...settings, count: chosen.length },
    cards: chosen.map(({ id }) => cardOf(id)),
    at: clock.now(),
  });
  return showPractice(practice, context);
}

/** The bank and one draw of each calculation, without what is open in a channel or put away by this person. */
async function itemsInScope(
  { chapter, difficulty }: QuizSettings,
  context: Context,
): Promise<Question[]> {
  const { catalog, store, person, seed } = context;
  const hidden = new Set([...(await openFor(context)), ...(await store.cardsPutAway(person.id))]);
  const drawn = catalog.generators.map((generator) => generator.draw(seedToken(seed)));
  return [...catalog.questions, ...drawn].filter(
    (item) =>
      (chapter === undefined || isIn(item, chapter)) &&
      (difficulty === undefined || item.difficulty === difficulty) &&
      !hidden.has(item.id) &&
      !hidden.has(cardOf(item.id)),
  );
}

/** The last chapter owns no questions: it is all that is asked in words. */
const isIn = (item: Question, chapter: number) =>
  chapter === REVIEW_BANK ? 'keyPoints' in item : item.chapter === chapter;

type Latest = Map<string, { isRight: boolean; daysAgo: number; share: number }>;

async function latestByCard({ store, person, clock, zone }: Context): Promise<Latest> {
  const today = dayIn(clock.now(), zone);
  return new Map(
    (await store.latestAnswers(person.id)).map(({ card, what, share, at }) => [
      card,
      {
        isRight: what !== 'again',
        share: (share ?? 0) / 1000,
        daysAgo: daysBetween(dayIn(at, zone), today),
      },
    ]),
  );
}

/** Chapters by the mean of what was answered last in them, the weakest first. */
function weakestOf(latest: Latest, { catalog }: Context): number[] {
  const shares = new Map<number, number[]>();
  for (const [card, { share }] of latest) {
    const target = readCardId(card);
    const chapter =
      target.kind === 'drill'
        ? catalog.generators.find(({ id }) => id === target.generator)?.chapter
        : catalog.question(target.item)?.chapter;
    if (chapter !== undefined) shares.set(chapter, [...(shares.get(chapter) ?? []), share]);
  }
  const mean = (list: readonly number[]) => list.reduce((sum, each) => sum + each, 0) / list.length;
  return [...shares]
    .sort(([one, a], [other, b]) => mean(a) - mean(b) || one - other)
    .map(([chapter]) => chapter);
}

function nothingToAsk({ mode, chapter, difficulty }: QuizSettings): UserError {
  if (mode === 'mistakes')
    return new UserError("You have no mistakes to practice here. That's a good sign.", {
      buttons: [{ label: 'Mixed quiz', run: 'quiz new:yes' }],
    });
  const scope = [
    difficulty === undefined ? '' : `${difficulty} `,
    'questions',
    chapter === undefined ? '' : ` in chapter ${chapter}`,
  ].join('');
  return new UserError(`There are no ${scope} left to ask.`, {
    buttons: [{ label: 'Mixed quiz', run: 'quiz new:yes' }],
  });
}

/**
 * Starts the review of today, or goes on with it: never more cards than its owner wants a day.
 *
 * @param more Cards that the owner wants beyond that, today.
 */
export async function startReview(context: Context, more = 0): Promise<Reply> {
  const { store, person, team, clock, zone } = context;
  const now = clock.now();
  const day = dayIn(now, zone);
  const open = await store.openPractice(person.id, 'review');
  if (open && dayIn(open.startedAt, zone) === day) return showPractice(open, context);
  const left = more > 0 ? more : await leftToday(context);
  const due = left > 0 ? await dueNow(left, day, context) : [];
  if (due.length === 0) return nothingDue(left, day, context);
  const practice = await store.startPractice({
    personId: person.id,
    teamId: team.id,
    settings: { kind: 'review' },
    cards: due,
    at: now,
  });
  return showPractice(practice, context);
}

/** The first due cards whose question can be asked now, no two of which ask the same. */
async function dueNow(limit: number, day: string, context: Context): Promise<string[]> {
  const { store, person, catalog } = context;
  const open = new Set(await openFor(context));
  const { areTwins } = catalog;
  const chosen: { card: string; item: string }[] = [];
  for (const { card } of await store.dueCards(person.id, day, limit * 2)) {
    if (chosen.length === limit) break;
    const target = readCardId(card);
    const item = target.kind === 'drill' ? card : target.item;
    const isKnown =
      target.kind === 'drill'
        ? catalog.generators.some(({ id }) => id === target.generator)
        : catalog.question(item) !== undefined;
    const isNear = chosen.some((other) => other.item === item || areTwins(other.item, item));
    if (isKnown && !open.has(item) && !isNear) chosen.push({ card, item });
  }
  return chosen.map(({ card }) => card);
}

async function nothingDue(left: number, day: string, context: Context): Promise<Reply> {
  const { store, person } = context;
  const waiting = await store.dueCount(person.id, day);
  const next = await store.nextDue(person.id);
  const suspended = (await store.cardsPutAway(person.id, 'suspended')).length;
  return {
    title: 'Review',
    visibility: 'private',
    blocks: [
      { kind: 'text', text: whyNothing({ left, waiting, next, day, limit: person.dailyCards }) },
      {
        kind: 'buttons',
        buttons: [
          { label: 'Start quiz', run: 'quiz', style: 'primary', opens: true },
          ...(waiting > 0 && left === 0 ? [{ label: '10 more today', run: 'review more:10' }] : []),
          ...(suspended > 0
            ? [{ label: `Resume ${suspended} suspended`, run: 'review resume:yes' }]
            : []),
        ],
      },
    ],
  };
}

function whyNothing(at: {
  left: number;
  waiting: number;
  next: string | undefined;
  day: string;
  limit: number;
}): string {
  const { left, waiting, next, day, limit } = at;
  if (left === 0 && waiting > 0)
    return `That's it for today: you did your ${limit} cards. ${waiting} more wait, and they keep until tomorrow.`;
  if (next === undefined)
    return 'Nothing to review yet. Whatever you answer (daily questions, quizzes, drills) and what you miss in interviews comes back here before you forget it.';
  if (next <= day) return 'Nothing you can be asked right now is due.';
  return `Nothing is due. The next card comes back on ${formatDay(next)}.`;
}
