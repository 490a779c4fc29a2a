import type { RecentTopic, Target } from '../../src/core/questions/catalog-schema.ts';
import type { Difficulty, Format, Question } from '../../src/core/questions/schema.ts';

const DIFFICULTIES = ['easy', 'medium', 'hard'] as const satisfies readonly Difficulty[];
/** Every format, in the order of the coverage tables. */
export const FORMATS = [
  'single',
  'multi',
  'numeric',
  'open',
  'bug',
  'order',
  'scenario',
] as const satisfies readonly Format[];

/** How many items a chapter has in one row or column of its table, and how many it should have. */
export type Cell = { chapter: number; kind: Difficulty | Format; have: number; target: number };

/** The sums of every chapter by difficulty and by format, beside their targets. */
export function cellsOf(questions: readonly Question[], targets: readonly Target[]): Cell[] {
  return targets.flatMap((target) => {
    const items = questions.filter(({ chapter }) => chapter === target.chapter);
    return [
      ...DIFFICULTIES.map((kind) => ({
        chapter: target.chapter,
        kind,
        have: items.filter(({ difficulty }) => difficulty === kind).length,
        target: target[kind],
      })),
      ...FORMATS.map((kind) => ({
        chapter: target.chapter,
        kind,
        have: items.filter(({ format }) => format === kind).length,
        target: target[kind],
      })),
    ];
  });
}

/** Items that are about a recent topic. */
export function itemsAbout(
  { concepts, words }: RecentTopic,
  questions: readonly Question[],
): Question[] {
  return questions.filter((question) => {
    if (!question.topics.some((topic) => concepts.includes(topic))) return false;
    if (!words) return true;
    const text = JSON.stringify(question).toLowerCase();
    return words.some((word) => text.includes(word.toLowerCase()));
  });
}

/** The bank by chapter, difficulty and format as text, each sum beside its target. */
export function countTable(questions: readonly Question[], targets: readonly Target[]): string {
  const cells = cellsOf(questions, targets);
  const chapters = targets.map(({ chapter }) => chapterTable(chapter, questions, cells));
  const sum = (kind: Cell['kind']) => {
    const column = cells.filter((cell) => cell.kind === kind);
    return ratio(
      column.reduce((total, { have }) => total + have, 0),
      column.reduce((total, { target }) => total + target, 0),
    );
  };
  const all = ratio(
    questions.length,
    cells.filter(({ kind }) => isDifficulty(kind)).reduce((total, { target }) => total + target, 0),
  );
  return [
    ['have/target', ...FORMATS, 'all'].map(column).join(''),
    ...chapters,
    ['all chapters', ...FORMATS.map(sum), all].map(column).join(''),
    ...DIFFICULTIES.map((kind) => `  ${kind.padEnd(8)}${sum(kind)}`),
  ].join('\n');
}

function chapterTable(
  chapter: number,
  questions: readonly Question[],
  cells: readonly Cell[],
): string {
  const items = questions.filter((question) => question.chapter === chapter);
  const sum = (kind: Cell['kind']) => {
    const cell = cells.find(
      (candidate) => candidate.chapter === chapter && candidate.kind === kind,
    );
    return ratio(cell?.have ?? 0, cell?.target ?? 0);
  };
  const target = cells
    .filter((cell) => cell.chapter === chapter && isDifficulty(cell.kind))
    .reduce((total, cell) => total + cell.target, 0);
  const rows = DIFFICULTIES.map((difficulty) => [
    `  ${difficulty}`,
    ...FORMATS.map((format) =>
      String(
        items.filter((item) => item.difficulty === difficulty && item.format === format).length,
      ),
    ),
    sum(difficulty),
  ]);
  const last = [`chapter ${chapter}`, ...FORMATS.map(sum), ratio(items.length, target)];
  return [...rows, last].map((row) => row.map(column).join('')).join('\n');
}

function isDifficulty(kind: string): boolean {
  return DIFFICULTIES.some((difficulty) => difficulty === kind);
}

function ratio(have: number, target: number): string {
  return `${have}/${target}`;
}

function column(text: string, index: number): string {
  return index === 0 ? text.padEnd(14) : text.padStart(9);
}
