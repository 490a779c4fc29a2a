import type { Question } from '../questions/schema.ts';
import { twinsIn } from '../questions/twins.ts';
import { shuffled } from '../random.ts';
import type { PracticeState } from './session.ts';

/** How many questions place somebody on a path. */
export const PLACEMENT_QUESTIONS = 10;

/** A chapter is known when guessing alone would have brought the same at most so often. */
const MAX_BY_CHANCE = 1 / 8;

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

/**
 * The questions that place somebody: spread evenly over the chapters in their order, none that is easy, and so few to be
 * guessed that all right says something.
 */
export function choosePlacement(
  questions: readonly Question[],
  chapters: readonly number[],
  seed: string,
): Question[] {
  const chosen: Question[] = [];
  const areTwins = twinsIn(questions);
  for (const [at, chapter] of chapters.entries()) {
    const count = Math.ceil((PLACEMENT_QUESTIONS - at) / chapters.length);
    const most = MAX_BY_CHANCE ** (1 / count);
    const inChapter = shuffled(
      questions.filter((each) => each.chapter === chapter && each.difficulty !== 'easy'),
      `${seed} ${chapter}`,
    ).filter((each) => chanceOf(each) <= most);
    for (const question of inChapter) {
      if (chosen.filter((each) => each.chapter === chapter).length === count) break;
      if (!chosen.some((other) => areTwins(question.id, other.id))) chosen.push(question);
    }
  }
  return chosen;
}

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
    const isRight = results[at]?.recall === 'good' || results[at]?.recall === 'easy';
    byChapter.set(question.chapter, {
      isKnown: before.isKnown && isRight,
      chance: before.chance * chanceOf(question),
    });
  }
  return [...byChapter]
    .filter(([, { isKnown, chance }]) => isKnown && chance <= MAX_BY_CHANCE)
    .map(([chapter]) => chapter);
}
