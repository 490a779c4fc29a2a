import type { Question } from './questions/schema.ts';

export type Chapter = { number: number; title: string; summary: string };

/** What the product knows by heart: the bank, chapters and facts, read from `data/` at the start. */
export type Catalog = {
  questions: readonly Question[];
  question(id: string): Question | undefined;
  chapters: readonly Chapter[];
  chapter(number: number): Chapter | undefined;
};
