import { REVIEW_BANK } from '../questions/schema.ts';
import type { PathTask } from './plan.ts';

/** Questions that a step of a path asks of each of its chapters. */
const STEP_QUESTIONS = 5;

/** What somebody has done of a chapter. */
export type ChapterDone = {
  /** Different questions that they answered. */
  answered: number;
  /** Different questions that they answered in words, in interviews too. */
  inWords: number;
  /** Calculations with numbers of their own. */
  calculated: number;
  /** Whether a placement showed that they know it. */
  isKnown: boolean;
};

/**
 * What a path still asks for in a chapter: its questions and a calculation, or a question in words where there is none
 * to calculate. The review bank is answered in words alone.
 */
export function tasksLeft(
  chapter: number,
  { answered, inWords, calculated, isKnown }: ChapterDone,
  hasCalculations: boolean,
): PathTask[] {
  if (isKnown) return [];
  const some = (kind: PathTask['kind'], count: number): PathTask[] =>
    Array.from({ length: Math.max(0, count) }, () => ({ kind, chapter }));
  if (chapter === REVIEW_BANK) return some('interview', STEP_QUESTIONS - inWords);
  return [
    ...some('question', STEP_QUESTIONS - answered),
    ...(hasCalculations ? some('calculation', 1 - calculated) : some('interview', 1 - inWords)),
  ];
}

/** The tasks of chapters that are taken side by side: one of each in turn. */
export function sideBySide<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(0, ...lists.map((list) => list.length));
  return Array.from({ length: longest }, (_, at) =>
    lists.flatMap((list) => list.slice(at, at + 1)),
  ).flat();
}
