import { masteryOf } from '../../src/core/practice/mastery.ts';
import { retrievability } from '../../src/core/practice/memory.ts';
import { type Random, randomFrom } from '../../src/core/random.ts';
import { createLearner, type Learner, type MemoryModel } from './learner.ts';
import {
  calendarDay,
  keptAtOnce,
  leitner,
  type Method,
  type Ours,
  planned,
  randomly,
} from './methods.ts';
import type { EXAM } from './settings.ts';

type Settings = typeof EXAM;

/** The ways to practice that are compared, each for a deck. */
const OURS = { planned, 'all kept at once': keptAtOnce };
export type OursName = keyof typeof OURS;
export type MethodName = OursName | 'Leitner' | 'random';

/** What was shown of a card or of all, and what was true, each 0 to 1. */
export type Pair = { shown: number; truth: number };

/** What one of our methods showed. */
export type Shown = {
  /** Of each learner on each day that is compared: the mean over the cards answered. */
  mastery: (Pair & { day: number })[];
  /** By tenths of what was shown of single cards: how many there were, and the sums. */
  tenths: (Pair & { cards: number })[];
};

export type ExamResult = {
  /** The share of the deck that each learner recalls at the date. */
  recalls: Record<MethodName, number>[];
  shown: Record<OursName, Shown>;
};

/** Everything that learners of one model do until the date. */
export function runExam(name: string, model: MemoryModel, settings: Settings): ExamResult {
  const shown = { planned: nothingShown(), 'all kept at once': nothingShown() };
  const recalls = Array.from({ length: settings.learners }, (_, index) => {
    const seed = `${settings.seed} ${name} ${index}`;
    const recallBy = (method: Method, chance: string, after?: AfterDay) =>
      practice(createLearner(model, settings, seed), method, {
        settings,
        random: randomFrom(`${seed} ${chance}`),
        after,
      });
    const recallByOurs = (which: OursName, chance: string) => {
      const method = OURS[which](settings.cards);
      return recallBy(method, chance, (learner, day) => {
        if (settings.masteryDays.includes(day)) look(shown[which], method, learner, day, settings);
      });
    };
    return {
      planned: recallByOurs('planned', 'planned'),
      'all kept at once': recallByOurs('all kept at once', 'ours'),
      Leitner: recallBy(leitner(settings.cards, settings.intervals), 'leitner'),
      random: recallBy(randomly(settings.cards, `${seed} order`), 'random'),
    };
  });
  return { recalls, shown };
}

type AfterDay = (learner: Learner, day: number) => void;

const nothingShown = (): Shown => ({
  mastery: [],
  tenths: Array.from({ length: 10 }, () => ({ cards: 0, shown: 0, truth: 0 })),
});

/** Practices until the date. @returns The share of the deck that is recalled then. */
function practice(
  learner: Learner,
  method: Method,
  {
    settings,
    random,
    after,
  }: {
    settings: Settings;
    random: Random;
    after: AfterDay | undefined;
  },
): number {
  for (let day = 0; day < settings.days; day += 1) {
    let left = settings.minutesADay * 60;
    for (const card of method.order(day, () => left)) {
      if (left <= 0) break;
      const isRight = learner.ask(card, day, random);
      method.answered(card, isRight, day);
      left -= isRight ? settings.seconds.right : settings.seconds.wrong;
    }
    // Before anything is asked on the next day.
    after?.(learner, day + 1);
  }
  return mean(cardsOf(settings).map((card) => learner.recallOf(card, settings.days)));
}

const cardsOf = ({ cards }: Settings) => Array.from({ length: cards }, (_, card) => card);

/** Notes what is shown of the cards answered, and what is true. */
function look(
  { mastery, tenths }: Shown,
  method: Ours,
  learner: Learner,
  day: number,
  settings: Settings,
): void {
  const today = calendarDay(day);
  const truths: number[] = [];
  for (const card of cardsOf(settings)) {
    const memory = method.memoryOf(card);
    if (!memory) continue;
    const shown = retrievability(memory, today);
    const truth = learner.recallOf(card, day);
    truths.push(truth);
    const tenth = tenths[Math.min(9, Math.floor(shown * 10))];
    if (!tenth) continue;
    tenth.cards += 1;
    tenth.shown += shown;
    tenth.truth += truth;
  }
  const all = method.memories().map((memory) => ({ chapter: 1, memory }));
  mastery.push({ day, shown: masteryOf(all, today)[0]?.recall ?? 0, truth: mean(truths) });
}

/** The mean of some numbers. */
export const mean = (list: readonly number[]) =>
  list.reduce((sum, each) => sum + each, 0) / list.length;
