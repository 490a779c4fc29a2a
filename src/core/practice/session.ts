import type { Difficulty } from '../questions/schema.ts';
import type { Recall } from './memory.ts';

/** How a quiz chooses its questions, and when it says how they went. */
export const QUIZ_MODES = ['mixed', 'mistakes', 'weakest', 'until-known', 'exam'] as const;
export type QuizMode = (typeof QUIZ_MODES)[number];

/** What a practice was started with. */
export type PracticeSettings =
  | {
      kind: 'quiz';
      mode: QuizMode;
      chapter?: number;
      difficulty?: Difficulty;
      count: number;
      /** Chapters of a path: it finds which of them somebody knows, and chooses each question by the answers before it. */
      placing?: number[];
    }
  | {
      kind: 'review';
      /** The interview whose missed points it asks; absent for what is due. */
      interview?: number;
    };

/** How one question went. */
export type StepResult = {
  /** How right it was, 0 to 1. */
  share: number;
  recall: Recall;
  /** As it was given last: letters of the item's own order, a number or words; absent when nothing was. */
  answer?: string;
  /** The wrong try before it; absent for none. */
  first?: string;
  /** Hints that were open at an answer in words; absent for none. */
  hints?: number;
  /** Key points whose verdict its owner turned round: not found and said, or found and not said. */
  marked?: string[];
  /** It comes once more at the end. */
  isRepeated?: true;
};

/** How far a practice is: the cards that it asks, what came of those behind, and the one in hand. */
export type PracticeState = {
  cards: string[];
  results: StepResult[];
  /** Wrong answers to the question in hand, and the hints opened. */
  tried: string[];
  hints: number;
};

/** A practice at its first question. */
export function firstState(cards: readonly string[]): PracticeState {
  return { cards: [...cards], results: [], tried: [], hints: 0 };
}

/** The step in hand, from 0; as many as there are cards when all are behind. */
export const stepOf = ({ results }: PracticeState): number => results.length;

/** Whether all its questions are behind. */
export const isOver = ({ cards, results }: PracticeState): boolean =>
  results.length >= cards.length;

/** At most so many times the same question comes in one quiz that goes on until it is known. */
const MOST_TIMES = 4;

/**
 * The state after the question in hand was finished. Until it is known, a question that went wrong comes again after the
 * others.
 */
export function afterStep(
  state: PracticeState,
  result: StepResult,
  settings: PracticeSettings,
): PracticeState {
  const card = state.cards[stepOf(state)];
  const times = state.cards.filter((each) => each === card).length;
  const again =
    card !== undefined &&
    settings.kind === 'quiz' &&
    settings.mode === 'until-known' &&
    result.recall === 'again' &&
    times < MOST_TIMES;
  return {
    cards: again ? [...state.cards, card] : state.cards,
    results: [...state.results, again ? { ...result, isRepeated: true } : result],
    tried: [],
    hints: 0,
  };
}

/** The state with the last question in hand again, as before its answer. */
export function beforeStep({ cards, results }: PracticeState): PracticeState {
  const last = results.at(-1);
  return {
    cards: last?.isRepeated ? cards.slice(0, -1) : cards,
    results: results.slice(0, -1),
    tried: [],
    hints: 0,
  };
}
