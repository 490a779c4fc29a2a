import { expectedShare } from '../interview/rating.ts';
import { isDrawn } from '../questions/generators/drawn.ts';
import type { Question } from '../questions/schema.ts';
import { randomFrom } from '../random.ts';
import { guessOf } from './difficulty.ts';
import type { QuizMode } from './session.ts';

/** The share of right answers at which practice teaches most: often enough to go on, seldom enough to learn. */
const TARGET = 0.75;

/** What a quiz is chosen from. */
export type QuizScope = {
  /** The items in scope: of the chapter and the difficulty asked for, none that is open in a channel. */
  items: readonly Question[];
  mode: QuizMode;
  count: number;
  /** Ids of the items answered before, the latest answer each: whether it was right, and how many days ago. */
  answered: ReadonlyMap<string, { isRight: boolean; daysAgo: number }>;
  /** Chapters, the weakest first; those without an answer are left out. */
  weakest: readonly number[];
  /** Whether two items ask the same thing. */
  areTwins(one: string, other: string): boolean;
  strength: number;
  /** On the Elo scale, as measured or by the label. */
  itemStrength(question: Question): number;
  seed: string;
};

/** How many of the weakest chapters `weakest` draws from. */
const WEAK_CHAPTERS = 2;

/** The items of a quiz, in the order in which they are asked; fewer when the scope holds no more. */
export function chooseQuiz(wishes: QuizScope): Question[] {
  const random = randomFrom(wishes.seed);
  const ranked = wishes.items
    .filter((item) => isWanted(item, wishes))
    .map((item) => ({ item, value: worthOf(item, wishes) + random() }))
    .sort((a, b) => b.value - a.value || (a.item.id < b.item.id ? -1 : 1));
  const isFree = (item: Question) =>
    !chosen.some((other) => other === item || wishes.areTwins(item.id, other.id));
  const chosen: Question[] = [];
  const fill = (essays: number) => {
    for (const { item } of ranked) {
      if (chosen.length === wishes.count) break;
      if (isEssay(item) && chosen.filter(isEssay).length >= essays) continue;
      if (isFree(item)) chosen.push(item);
    }
  };
  fill(Math.floor(wishes.count / PER_ESSAY));
  fill(wishes.count);
  if (wishes.count > 1 && !chosen.some(isOneTap)) {
    const tap = ranked.find(({ item }) => isOneTap(item) && isFree(item));
    if (tap) chosen.splice(-1, 1, tap.item);
  }
  return chosen.sort((one, other) => effortOf(one) - effortOf(other));
}

/** Of so many questions one is answered in words, if there are others: interviews have more of them. */
const PER_ESSAY = 5;

const isEssay = (item: Question) => 'keyPoints' in item;

const isOneTap = ({ format }: Question) => format === 'single';

/** One tap, then a list or a number, and what is to be written last: nobody opens a quiz to write an essay. */
const effortOf = (item: Question) => (isOneTap(item) ? 0 : isEssay(item) ? 2 : 1);

function isWanted({ id, chapter }: Question, { mode, answered, weakest }: QuizScope): boolean {
  if (mode === 'mistakes') return answered.get(id)?.isRight === false;
  if (mode === 'weakest' && weakest.length > 0)
    return weakest.slice(0, WEAK_CHAPTERS).includes(chapter);
  return !isDrawn(id);
}

/** Unseen before seen, the longest unseen first; then near the share of right answers that teaches most. */
function worthOf(item: Question, { answered, strength, itemStrength }: QuizScope): number {
  const before = answered.get(item.id);
  const fresh = before === undefined ? 4 : Math.min(3, before.daysAgo / 10);
  const guess = guessOf(item);
  const expected = guess + (1 - guess) * expectedShare(strength, itemStrength(item));
  return fresh - Math.abs(expected - TARGET) * 2;
}
