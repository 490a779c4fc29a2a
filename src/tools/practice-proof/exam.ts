import { masteryOf } from '../../core/practice/mastery.ts';
import { retrievability } from '../../core/practice/memory.ts';
import { type Random, randomFrom } from '../../core/random.ts';
import { createLearner, type Learner, type MemoryModel } from './learner.ts';
import { calendarDay, leitner, type Method, type Ours, ours, randomly } from './methods.ts';
import type { EXAM } from './settings.ts';

type Settings = typeof EXAM;

/** How one learner did: the share of the deck that is recalled at the date, by method. */
export type Recalls = { ours: number; leitner: number; random: number };

/** What was shown of a card or of all, and what was true, each 0 to 1. */
export type Pair = { shown: number; truth: number };

export type ExamResult = {
  recalls: Recalls[];
  /** Of each learner on each day that is compared: the mean over the cards answered. */
  mastery: (Pair & { day: number })[];
  /** By tenths of what was shown of single cards: how many there were, and the means. */
  calibration: (Pair & { cards: number })[];
};

/** Everything that learners of one model do until the date. */
export function runExam(name: string, model: MemoryModel, settings: Settings): ExamResult {
  const mastery: ExamResult['mastery'] = [];
  const tenths = Array.from({ length: 10 }, () => ({ cards: 0, shown: 0, truth: 0 }));
  const recalls = Array.from({ length: settings.learners }, (_, index): Recalls => {
    const seed = `${settings.seed} ${name} ${index}`;
    const recallBy = (method: Method, chance: string, after?: (l: Learner, day: number) => void) =>
      practice(createLearner(model, settings, seed), method, {
        settings,
        random: randomFrom(`${seed} ${chance}`),
        after,
      });
    const mine = ours(settings.cards);
    return {
      ours: recallBy(mine, 'ours', (learner, day) => {
        if (!settings.masteryDays.includes(day)) return;
        mastery.push({ day, ...masteryPair(mine, learner, day, settings) });
        addToTenths(tenths, mine, learner, day, settings);
      }),
      leitner: recallBy(leitner(settings.cards, settings.intervals), 'leitner'),
      random: recallBy(randomly(settings.cards, `${seed} order`), 'random'),
    };
  });
  return {
    recalls,
    mastery,
    calibration: tenths
      .filter(({ cards }) => cards > 0)
      .map(({ cards, shown, truth }) => ({ cards, shown: shown / cards, truth: truth / cards })),
  };
}

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
    after: ((learner: Learner, day: number) => void) | undefined;
  },
): number {
  for (let day = 0; day < settings.days; day += 1) {
    let left = settings.minutesADay * 60;
    for (const card of method.order(day)) {
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

function masteryPair(method: Ours, learner: Learner, day: number, settings: Settings): Pair {
  const answered = cardsOf(settings).filter((card) => method.memoryOf(card));
  const [all] = masteryOf(
    method.memories().map((memory) => ({ chapter: 1, memory })),
    calendarDay(day),
  );
  return {
    shown: all?.recall ?? 0,
    truth: mean(answered.map((card) => learner.recallOf(card, day))),
  };
}

function addToTenths(
  tenths: { cards: number; shown: number; truth: number }[],
  method: Ours,
  learner: Learner,
  day: number,
  settings: Settings,
): void {
  for (const card of cardsOf(settings)) {
    const memory = method.memoryOf(card);
    if (!memory) continue;
    const shown = retrievability(memory, calendarDay(day));
    const tenth = tenths[Math.min(9, Math.floor(shown * 10))];
    if (!tenth) continue;
    tenth.cards += 1;
    tenth.shown += shown;
    tenth.truth += learner.recallOf(card, day);
  }
}

/** The mean of some numbers. */
export const mean = (list: readonly number[]) =>
  list.reduce((sum, each) => sum + each, 0) / list.length;
