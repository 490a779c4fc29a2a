import { levelOf, mean } from '../grading/levels.ts';
import type { FreeTextQuestion } from '../questions/schema.ts';
import { type Dimension, dimensionsOf } from './dimensions.ts';
import { type ItemReport, itemReport } from './item-report.ts';
import type { State } from './state.ts';

/** A whole interview in numbers. */
export type Report = {
  items: ItemReport[];
  dimensions: Dimension[];
  /** 0 to 1 over all questions that were answered or skipped. */
  score: number;
  /** 0 to 4, one of `LEVELS`. */
  level: number;
  /** From the start to the last answer, pauses left out. */
  ms: number;
  hints: number;
  /** Answers that the optional judge graded, of all that were graded. */
  judged: { by: number; of: number };
  isTimed: boolean;
  isOverTime: boolean;
  isExtended: boolean;
  chapters: { chapter: number; score: number }[];
  strongest?: number;
  weakest?: number;
};

/** Everything that an interview showed, worked out from its turns. */
export function buildReport(
  state: State,
  find: (id: string) => FreeTextQuestion | undefined,
): Report {
  const items = state.items.flatMap((item) => {
    const question = find(item.questionId);
    return question ? [itemReport(item, question)] : [];
  });
  const counted = items.filter(({ isUnanswered }) => !isUnanswered);
  const score = mean(counted.map((item) => item.score)) ?? 0;
  const chapters = chapterScores(counted);
  return {
    items,
    dimensions: dimensionsOf(state, counted),
    score,
    level: levelOf(score),
    ms: state.spentMs,
    hints: items.reduce((sum, { hints }) => sum + hints, 0),
    judged: judgedBy(state),
    isTimed: state.isTimed,
    isOverTime: state.isOverTime,
    isExtended: state.isExtended,
    chapters,
    ...extremesOf(chapters),
  };
}

/** Whether anything in an interview counts: a question was answered or skipped. */
export const isScored = ({ items }: Pick<Report, 'items'>): boolean =>
  items.some(({ isUnanswered }) => !isUnanswered);

function judgedBy(state: State): Report['judged'] {
  const graded = state.items.flatMap(({ exchanges }) => exchanges.filter(({ grade }) => grade));
  return { by: graded.filter(({ by }) => by === 'judge').length, of: graded.length };
}

/** The best and the worst chapter, where there are two. */
function extremesOf(chapters: Report['chapters']): Pick<Report, 'strongest' | 'weakest'> {
  const [best, ...others] = [...chapters].sort((a, b) => b.score - a.score);
  const worst = others.at(-1);
  return best && worst ? { strongest: best.chapter, weakest: worst.chapter } : {};
}

function chapterScores(items: readonly ItemReport[]): Report['chapters'] {
  const byChapter = new Map<number, number[]>();
  for (const { question, score } of items)
    byChapter.set(question.chapter, [...(byChapter.get(question.chapter) ?? []), score]);
  return [...byChapter]
    .map(([chapter, scores]) => ({ chapter, score: mean(scores) ?? 0 }))
    .sort((a, b) => a.chapter - b.chapter);
}
