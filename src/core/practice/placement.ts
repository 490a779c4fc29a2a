import type { Difficulty, Question } from '../questions/schema.ts';
import type { AreTwins } from '../questions/twins.ts';
import { shuffled } from '../random.ts';
import type { PracticeState } from './session.ts';

/** So many questions show that somebody knows a chapter. */
export const PER_CHAPTER = 2;

/** After so many missed chapters in a row the rest is new, too. */
const MISSED_CHAPTERS = 3;

/** A chapter is known when guessing alone would have brought the same at most so often. */
const MAX_BY_CHANCE = 1 / 8;

const LEVELS = ['easy', 'medium', 'hard'] as const satisfies readonly Difficulty[];

/** How likely a random answer is right; 1 for a question in words, which nobody is placed by. */
export function chanceOf(question: Question): number {
  switch (question.format) {
    case 'numeric':
      return 0;
    case 'single':
      return 1 / question.options.length;
    case 'multi':
      return 1 / (2 ** question.options.length - 1);
    case 'order':
      return 1 / question.steps.reduce((product, _, at) => product * (at + 1), 1);
    default:
      return 1;
  }
}

type Bank = {
  questions: readonly Question[];
  /** The chapters to place somebody in, in the order of their path. */
  chapters: readonly number[];
  find: (id: string) => Question | undefined;
  areTwins: AreTwins;
  seed: string;
};

/**
 * The next question that places somebody; undefined when they are placed. The first one is easy. A right answer leads to a
 * harder one, and a missed chapter is left at once for an easy question of the next one.
 */
export function nextPlacement(
  { cards, results }: Pick<PracticeState, 'cards' | 'results'>,
  { questions, chapters, find, areTwins, seed }: Bank,
): Question | undefined {
  const asked = cards.flatMap((id) => find(id) ?? []);
  let missed = 0;
  let level = 0;
  for (const chapter of chapters) {
    const own = [...cards.keys()].filter((at) => find(cards[at] ?? '')?.chapter === chapter);
    const right = own.filter((at) => isRight(results[at])).length;
    if (right < own.length) {
      missed += 1;
      level = 0;
    }
    if (missed === MISSED_CHAPTERS) return undefined;
    if (right < own.length) continue;
    if (own.length > 0) {
      missed = 0;
      // A chapter after a known one begins in the middle.
      level = own.length === PER_CHAPTER ? 1 : level + 1;
    }
    if (own.length === PER_CHAPTER) continue;
    const fit = shuffled(
      questions.filter((each) => each.chapter === chapter),
      `${seed} ${chapter}`,
    )
      .filter((each) => chanceOf(each) <= MAX_BY_CHANCE ** (1 / PER_CHAPTER))
      .filter((each) => !asked.some((other) => areTwins(other.id, each.id)))
      .sort((a, b) => distance(a, level) - distance(b, level));
    if (fit[0]) return fit[0];
  }
  return undefined;
}

const distance = ({ difficulty }: Question, level: number) =>
  Math.abs(LEVELS.indexOf(difficulty) - level);

const isRight = (result: PracticeState['results'][number] | undefined) =>
  result?.recall === 'good' || result?.recall === 'easy';

/** The chapters of which every question was right at once, without a hint; one that was not answered is not right. */
export function knownChapters(
  { cards, results }: PracticeState,
  find: (id: string) => Question | undefined,
): number[] {
  const byChapter = new Map<number, { isKnown: boolean; chance: number }>();
  for (const [at, card] of cards.entries()) {
    const question = find(card);
    if (!question) continue;
    const before = byChapter.get(question.chapter) ?? { isKnown: true, chance: 1 };
    byChapter.set(question.chapter, {
      isKnown: before.isKnown && isRight(results[at]),
      chance: before.chance * chanceOf(question),
    });
  }
  return [...byChapter]
    .filter(([, { isKnown, chance }]) => isKnown && chance <= MAX_BY_CHANCE)
    .map(([chapter]) => chapter);
}
