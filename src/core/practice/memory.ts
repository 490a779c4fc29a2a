import { fsrs, Rating } from 'ts-fsrs';
import { addDays, type Day, daysBetween } from '../time.ts';

/** How well an answer was remembered: wrong, with help, right, or too easy. */
export type Recall = 'again' | 'hard' | 'good' | 'easy';

/** What is known of one person's memory of one card (FSRS-6). */
export type Memory = {
  /** Days until the chance of a right answer falls to 90%. */
  stability: number;
  /** 1 (easy) to 10 (hard). */
  difficulty: number;
  /** The day of the last answer, in the zone of the person. */
  reviewedOn: Day;
};

/** Chance of a right answer at which a card comes back. */
export const RETENTION = 0.9;

/** Nobody prepares for a longer time, and a card that comes back after years only looks like a mistake. */
const LONGEST_DAYS = 365;

const GRADES = {
  again: Rating.Again,
  hard: Rating.Hard,
  good: Rating.Good,
  easy: Rating.Easy,
} as const;

// Days are the smallest step: chat is looked at once a day. Without noise, since due days must not differ between runs.
const scheduler = fsrs({
  request_retention: RETENTION,
  maximum_interval: LONGEST_DAYS,
  enable_short_term: false,
  enable_fuzz: false,
});

/**
 * The memory after an answer.
 *
 * @param before Undefined for a card that was never answered.
 * @see Ye, Su and Cao, "A Stochastic Shortest Path Algorithm for Optimizing Spaced Repetition Scheduling" (KDD 2022); the
 *   formulas of FSRS-6 and their default weights are those of ts-fsrs
 */
export function remember(before: Memory | undefined, recall: Recall, day: Day): Memory {
  const days = before ? Math.max(0, daysBetween(before.reviewedOn, day)) : 0;
  const { stability, difficulty } = scheduler.next_state(before ?? null, days, GRADES[recall]);
  return { stability, difficulty, reviewedOn: day };
}

/** The day on which a card comes back: at least the next one. */
export function dueOn({ stability, reviewedOn }: Memory): Day {
  return addDays(reviewedOn, Math.max(1, scheduler.next_interval(stability, 0)));
}

/**
 * The chance of a right answer on a day, 0 to 1. On the day of the answer it is that of the next day: nobody has
 * forgotten what they just saw, and somebody who was wrong would read that they know it.
 */
export function retrievability({ stability, reviewedOn }: Memory, day: Day): number {
  return scheduler.forgetting_curve(Math.max(1, daysBetween(reviewedOn, day)), stability);
}

/**
 * How an answer grades itself: right is good, right with help or in part is hard, and all else comes again.
 *
 * @param tries Answers given, the last one included.
 */
export function recallOf({
  outcome,
  tries,
  hints,
}: {
  outcome: Outcome;
  tries: number;
  hints: number;
}): Recall {
  if (outcome === 'wrong') return 'again';
  return outcome === 'right' && tries === 1 && hints === 0 ? 'good' : 'hard';
}

/** What came of an answer; only one in words can be right in part. */
export type Outcome = 'right' | 'partly' | 'wrong';

/** Shares of the key points from which an answer in words is right, and right in part. */
const IN_WORDS = { right: 0.7, partly: 0.4 };

/** What came of an answer in words, by the share of its key points that was found or marked. */
export function outcomeInWords(share: number): Outcome {
  if (share >= IN_WORDS.right) return 'right';
  return share >= IN_WORDS.partly ? 'partly' : 'wrong';
}
