import { dueOn, type Memory, remember } from '../../src/core/practice/memory.ts';
import { dueQueue, type QueuedCard } from '../../src/core/practice/queue.ts';
import { shuffled } from '../../src/core/random.ts';
import { addDays, type Day, dayNumber } from '../../src/core/time.ts';

/** A way to practice: which cards come on a day, the first ones first, and what an answer changes. */
export type Method = {
  /** @param left Seconds left of the day, as it goes on. */
  order(day: number, left: () => number): Iterable<number>;
  answered(card: number, isRight: boolean, day: number): void;
};

/** Day 0 of every plan. */
const START: Day = '2026-03-02';

const range = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Ours, with what it remembers of each card. */
export type Ours = Method & { memories(): Memory[]; memoryOf(card: number): Memory | undefined };

/** The day of a plan on the calendar. */
export const calendarDay = (day: number): Day => addDays(START, day);

type OurCard = QueuedCard & { index: number };

/** As `/review` does it when all of the deck was kept on the first day; what is not due comes last, the next due first. */
export function keptAtOnce(cards: number): Ours {
  return ourMethod(cards, function* (deck, today) {
    yield* dueQueue(deck, today);
    yield* notDue(deck, today);
  });
}

/**
 * As a plan to a date does it: reviews take at most half of a day while there are new cards, and what is left after those;
 * what is not due comes last, the next due first.
 */
export function planned(cards: number): Ours {
  return ourMethod(cards, function* (deck, today, left) {
    const fresh = deck.filter(({ memory }) => !memory);
    const due = dueQueue(
      deck.filter(({ memory }) => memory),
      today,
    );
    const half = fresh.length > 0 ? left() / 2 : 0;
    let next = 0;
    for (let card = due[next]; card && left() > half; card = due[next]) {
      yield card;
      next += 1;
    }
    yield* fresh;
    yield* due.slice(next);
    yield* notDue(deck, today);
  });
}

const notDue = (deck: readonly OurCard[], today: Day) =>
  deck
    .filter(({ dueOn: day, memory }) => memory && memory.reviewedOn < today && day > today)
    .sort((a, b) => dayNumber(a.dueOn) - dayNumber(b.dueOn) || a.index - b.index);

function ourMethod(
  cards: number,
  orderOf: (deck: readonly OurCard[], today: Day, left: () => number) => Iterable<OurCard>,
): Ours {
  const deck: OurCard[] = range(cards).map((index) => ({
    index,
    card: String(index).padStart(6, '0'),
    dueOn: START,
    memory: undefined,
  }));
  return {
    order: function* (day, left) {
      for (const { index } of orderOf(deck, calendarDay(day), left)) yield index;
    },
    answered: (index, isRight, day) => {
      const card = deck[index];
      if (!card) return;
      card.memory = remember(card.memory, isRight ? 'good' : 'again', calendarDay(day));
      card.dueOn = dueOn(card.memory);
    },
    memories: () => deck.flatMap(({ memory }) => (memory ? [memory] : [])),
    memoryOf: (index) => deck[index]?.memory,
  };
}

/**
 * Leitner's boxes with fixed intervals: right moves a card up a box, wrong down to the first. Due cards come first, the longest
 * due first, then new ones, then the next due.
 */
export function leitner(cards: number, intervals: readonly number[]): Method {
  const deck = range(cards).map((index) => ({ index, box: -1, due: 0 }));
  return {
    order: (day) => {
      const rank = ({ box, due }: { box: number; due: number }) => {
        if (box < 0) return 1;
        return due <= day ? 0 : 2;
      };
      return [...deck]
        .sort((a, b) => rank(a) - rank(b) || a.due - b.due || a.box - b.box || a.index - b.index)
        .map(({ index }) => index);
    },
    answered: (index, isRight, day) => {
      const card = deck[index];
      if (!card) return;
      // A new card lies in the first box, so that a right answer takes it to the second.
      card.box = isRight ? Math.min(Math.max(card.box, 0) + 1, intervals.length - 1) : 0;
      card.due = day + (intervals[card.box] ?? 1);
    },
  };
}

/** Every day another order of the whole deck. */
export function randomly(cards: number, seed: string): Method {
  return {
    order: (day) => shuffled(range(cards), `${seed} ${day}`),
    answered: () => {},
  };
}
